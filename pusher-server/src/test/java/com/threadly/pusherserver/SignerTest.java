package com.threadly.pusherserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignerTest {

    /** The worked example of Pusher's documentation of authorization signatures. */
    @Test
    void signsAsPusherDocumentsIt() {
        var signer = new Signer("7ad3773142a6692b25b8");

        assertThat(signer.sign("1234.1234:private-foobar".getBytes(UTF_8)))
                .isEqualTo("58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
    }

    @Test
    void tellsARightSignatureFromAWrongOne() {
        var signer = new Signer("secret");
        String right = signer.sign("text".getBytes(UTF_8));

        assertThat(signer.matches("text", right)).isTrue();
        assertThat(signer.matches("text", right.substring(1))).isFalse();
        assertThat(signer.matches("other", right)).isFalse();
    }
}
