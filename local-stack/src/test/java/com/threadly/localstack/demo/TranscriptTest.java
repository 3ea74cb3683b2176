package com.threadly.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.MessageSent;
import com.threadly.localstack.page.SentMessage;
import com.threadly.localstack.traffic.LiveStory;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.time.Clock;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final LiveStory story =
            new LiveStory(World.of(1, WorldSize.STANDARD).scene(), new SplittableRandom(1), Clock.systemUTC());
    private final Transcript transcript = new Transcript();

    @Test
    void knowsWhatADraftHasBecome() {
        SentMessage sent = transcript.add(message("ana"), "d-1");

        assertThat(transcript.ofDraft("ana", "d-1")).contains(sent);
        assertThat(transcript.ofDraft("ana", "d-2")).isEmpty();
    }

    @Test
    void keepsDraftsOfDifferentPeopleApart() {
        transcript.add(message("ana"), "d-1");

        assertThat(transcript.ofDraft("ben", "d-1")).isEmpty();
    }

    @Test
    void takesMessagesWithoutADraftForDifferentOnes() {
        transcript.add(message("ana"), null);

        assertThat(transcript.ofDraft("ana", null)).isEmpty();
    }

    @Test
    void keepsTheLatestHundred() {
        for (int draft = 0; draft < 150; draft++) {
            transcript.add(message("ana"), "d-" + draft);
        }

        assertThat(transcript.messages()).hasSize(100);
        assertThat(transcript.ofDraft("ana", "d-49")).isEmpty();
        assertThat(transcript.ofDraft("ana", "d-50")).isPresent();
    }

    private MessageSent message(String from) {
        return story.message(from, "Hi", null).event();
    }
}
