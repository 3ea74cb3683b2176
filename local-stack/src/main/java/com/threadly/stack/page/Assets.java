package com.threadly.stack.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The files of the page, by request path. Nothing else of the folder is handed out: neither packages nor settings. */
final class Assets {

    static final String JAVASCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", JAVASCRIPT,
            "svg", "image/svg+xml");

    record Asset(String mediaType, Path file) {}

    private final Path folder;

    Assets(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Optional<Asset> at(String requestPath) {
        String relative = requestPath.equals("/") ? "index.html" : requestPath.substring(1);
        Path file = folder.resolve(relative).normalize();
        String mediaType = MEDIA_TYPES.get(extension(relative));
        if (mediaType == null || !file.startsWith(folder) || isPackage(file) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(new Asset(mediaType, file));
    }

    private boolean isPackage(Path file) {
        return file.startsWith(folder.resolve(PusherJs.PACKAGES));
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
