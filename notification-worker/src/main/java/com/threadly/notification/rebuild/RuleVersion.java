package com.threadly.notification.rebuild;

import com.threadly.notification.rule.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Tells the rules of one version of this program from those of another: a checksum of their classes and texts. */
final class RuleVersion {

    private static final String FOLDER = Rules.class.getPackageName().replace('.', '/');

    private RuleVersion() {}

    static String current() {
        try {
            Path source = Path.of(Rules.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(source)) {
                return checksum(source.resolve(FOLDER));
            }
            try (var jar = FileSystems.newFileSystem(source)) {
                return checksum(jar.getPath("/", FOLDER));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own location is no path", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checksum(Path folder) throws IOException {
        var sum = new CRC32();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> inOrder = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : inOrder) {
                sum.update(Files.readAllBytes(file));
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
