package com.threadly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's code is code that compiles. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void showsTheProducerThatIsCompiledWithTheTests() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String shown = readme.substring(
                readme.indexOf("```java\n") + "```java\n".length(),
                readme.indexOf("```\n", readme.indexOf("```java\n")));
        String compiled =
                Files.readString(ROOT.resolve("common/serde/src/test/java/com/threadly/example/OrderService.java"));

        assertThat(compiled.lines().map(String::strip))
                .containsSequence(shown.lines().map(String::strip).toList());
    }
}
