package com.threadly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Anyone who is paged finds what to do. */
class RunbookTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void hasAnEntryForEveryAlertAndNoOther() throws IOException {
        List<String> alerts = found("deploy/observability/alerts.yml", "- alert: (\\w+)");

        assertThat(alerts).isNotEmpty();
        assertThat(found("docs/runbook.md", "(?m)^## (\\w+)$")).containsExactlyElementsOf(alerts);
        assertThat(found("deploy/observability/alerts.yml", "runbook_url: (\\S+)"))
                .containsExactlyElementsOf(alerts.stream()
                        .map(alert -> "docs/runbook.md#" + alert.toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void tellsOfAlertsThatATestOfTheRulesHasFired() throws IOException {
        assertThat(found("deploy/observability/alerts.test.yml", "alertname: (\\w+)\\s+exp_alerts:\\s+- "))
                .containsAll(found("deploy/observability/alerts.yml", "- alert: (\\w+)"));
    }

    private static List<String> found(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
