package com.threadly.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {

    @TempDir
    private Path data;

    @Test
    void staysTheSameWhereTheDataStay() throws Exception {
        StackCredentials first = of(data);
        assertThat(of(data)).isEqualTo(first);
    }

    @Test
    void isAnotherElsewhere(@TempDir Path elsewhere) throws Exception {
        assertThat(of(elsewhere)).isNotEqualTo(of(data));
    }

    @Test
    void isForItsOwnerOnly() throws Exception {
        of(data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    private static StackCredentials of(Path folder) throws Exception {
        return SecretsFile.of(new StackFolder(folder, false), new SecureRandom());
    }
}
