package com.threadly.stack.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the page has Pusher's own browser client from. No copy of it lives in this repository. */
sealed interface PusherJs {

    String PACKAGES = "node_modules";

    /** The file that npm installed. */
    record Installed(Path file) implements PusherJs {}

    /** Pusher's content delivery network: the way out where npm is missing or cannot reach its registry. */
    record Cdn(URI address) implements PusherJs {}

    /** Installs what {@code webFolder} asks for, once, and falls back to the network where that is not possible. */
    static PusherJs in(Path webFolder, Optional<Npm> npm) throws IOException {
        Path file = webFolder.resolve(PACKAGES).resolve("pusher-js/dist/web/pusher.min.js");
        if (Files.notExists(webFolder.resolve(PACKAGES))) {
            npm.ifPresent(found -> found.install(webFolder));
        }
        if (Files.isRegularFile(file)) {
            return new Installed(file);
        }
        URI address = URI.create("https://js.pusher.com/" + version(webFolder) + "/pusher.min.js");
        Logger log = LoggerFactory.getLogger(PusherJs.class);
        log.atInfo()
                .addKeyValue("address", address)
                .log(
                        "pusher-js is not installed ({}): the page loads it from Pusher's CDN",
                        npm.isPresent() ? "npm could not" : "no npm on the PATH");
        return new Cdn(address);
    }

    private static String version(Path webFolder) throws IOException {
        Path manifest = webFolder.resolve("package.json");
        return new ObjectMapper()
                .readTree(manifest.toFile())
                .required("dependencies")
                .required("pusher-js")
                .asText();
    }
}
