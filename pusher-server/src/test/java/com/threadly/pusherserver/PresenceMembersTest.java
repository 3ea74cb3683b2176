package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceMembersTest {

    private final PresenceMembers members = new PresenceMembers();

    /** Steps are +user and -user; what changes the membership is the same in capitals. */
    @ParameterizedTest
    @CsvSource({
        "+a, +A, a",
        "+a +b, +A +B, a b",
        "+a +a, +A +a, a",
        "+a +a -a, +A +a -a, a",
        "+a +a -a -a, +A +a -a -A, ''",
        "+a -a +a, +A -A +A, a",
        "+a +b -a, +A +B -A, b",
        "-a, -a, ''",
        "+a -a -a +a, +A -A -a +A, a"
    })
    void countsOnlyAUsersFirstAndLastConnection(String steps, String changes, String left) {
        var seen = new ArrayList<String>();
        for (String step : steps.split(" ", -1)) {
            var member = new ChannelMember(step.substring(1), null);
            boolean changed = step.startsWith("+") ? members.join(member) : members.leave(member);
            seen.add(changed ? step.toUpperCase(Locale.ROOT) : step);
        }

        assertThat(String.join(" ", seen)).isEqualTo(changes);
        assertThat(String.join(" ", members.byId().keySet())).isEqualTo(left);
    }

    @Test
    void keepsWhatTheFirstConnectionSaidOfAUser() {
        var first = new ChannelMember("a", TextNode.valueOf("first"));
        members.join(first);
        members.join(new ChannelMember("a", TextNode.valueOf("second")));

        assertThat(members.byId().values()).containsExactly(first);
        assertThat(members.size()).isEqualTo(1);
    }
}
