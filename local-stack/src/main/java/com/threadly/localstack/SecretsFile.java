package com.threadly.localstack;

import com.threadly.pusherserver.PusherApp;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Properties;

/** The secrets stored with the data, so that open pages and tokens outlive a restart of the stack. */
final class SecretsFile {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SecretsFile() {}

    /** Reads them, or generates them if there are none yet. */
    static StackCredentials of(StackFolder folder, SecureRandom random) throws IOException {
        Path file = folder.of("secrets.properties");
        if (Files.exists(file)) {
            return read(file);
        }
        StackCredentials secrets = StackCredentials.random(random);
        write(file, secrets);
        return secrets;
    }

    private static StackCredentials read(Path file) throws IOException {
        var kept = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        }
        return new StackCredentials(
                new PusherApp(of(kept, "app", file), of(kept, "key", file), of(kept, "secret", file)),
                of(kept, "tokens", file));
    }

    private static String of(Properties kept, String name, Path file) {
        String value = kept.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(file + " lacks " + name + ": remove it to generate new secrets");
        }
        return value;
    }

    private static void write(Path file, StackCredentials secrets) throws IOException {
        var kept = new Properties();
        kept.setProperty("app", secrets.pusher().id());
        kept.setProperty("key", secrets.pusher().key());
        kept.setProperty("secret", secrets.pusher().secret());
        kept.setProperty("tokens", secrets.developmentTokens());
        Files.createFile(file, OWNER_ONLY);
        try (Writer writer = Files.newBufferedWriter(file)) {
            kept.store(writer, "Of the local stack whose data is here");
        }
    }
}
