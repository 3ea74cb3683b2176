package com.threadly.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopologyCommandTest {

    private static final Path PAGE = Path.of("..", "docs", "presence.md");

    @Test
    void printsWhatTheDocumentationShows() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("```\n" + TopologyCommand.description().strip() + "\n```");
    }

    @Test
    void namesEveryNode() {
        assertThat(TopologyCommand.description()).doesNotContain("KSTREAM-", "KTABLE-");
    }
}
