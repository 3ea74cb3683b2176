package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PanesTest {

    private final Panes panes =
            Panes.NONE.oneMoreIn(20).oneMoreIn(10).oneMoreIn(30).oneMoreIn(20);

    @Test
    void addUp() {
        assertThat(panes.total()).isEqualTo(4);
        assertThat(panes.first()).isEqualTo(10);
        assertThat(panes.since(20).total()).isEqualTo(3);
        assertThat(panes.since(31)).isEqualTo(Panes.NONE);
    }

    @Test
    void loseMembersAndVanishWithTheLast() {
        assertThat(panes.oneFewerIn(20).total()).isEqualTo(3);
        assertThat(panes.oneFewerIn(10).first()).isEqualTo(20);
        assertThat(panes.oneFewerIn(30)).isEqualTo(panes.since(10).oneFewerIn(30));
        assertThat(panes.oneFewerIn(15)).isEqualTo(panes);
    }

    @Test
    void comeBackAsTheyWereWritten() {
        ByteBuffer bytes = ByteBuffer.allocate(panes.size());
        panes.writeTo(bytes);

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(Panes.readFrom(bytes.flip())).isEqualTo(panes);
    }
}
