package com.threadly.localstack.page;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's files as built from {@code client/page}, by request path. No other file can be requested. */
final class Assets {

    private static final String INDEX = "/index.html";
    private static final Pattern FILE = Pattern.compile("/(?<name>[a-z0-9-]+\\.(?<kind>[a-z0-9]+))");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webmanifest", "application/manifest+json",
            "woff2", "font/woff2");

    /** The build puts a hash of its content into a file's name: under that name it never changes. */
    private static final Pattern NAMED_BY_CONTENT = Pattern.compile("-[0-9a-f]{8}\\.[a-z0-9]+$");

    record Asset(String mediaType, String caching, InputStream content) {}

    private Assets() {}

    static Optional<Asset> at(String requestPath) {
        Matcher file = FILE.matcher(requestPath.equals("/") ? INDEX : requestPath);
        if (!file.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(MEDIA_TYPES.get(file.group("kind")))
                .flatMap(mediaType -> Optional.ofNullable(Assets.class.getResourceAsStream("web/" + file.group("name")))
                        .map(content -> new Asset(mediaType, caching(file.group("name")), content)));
    }

    private static String caching(String name) {
        return NAMED_BY_CONTENT.matcher(name).find() ? "public, max-age=31536000, immutable" : "no-cache";
    }
}
