package com.threadly.deadletter.command;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.RegistryUnavailableException;
import com.threadly.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** One letter for people to read. */
final class LetterText {

    private static final int HEX_BYTES = 32;

    private final AvroDecoder decoder;

    LetterText(AvroDecoder decoder) {
        this.decoder = decoder;
    }

    List<String> lines(Letter letter) {
        return List.of(
                "%s %s%s".formatted(letter.record().topic(), letter.position(), letter.redriven() ? " (redriven)" : ""),
                line(
                        "source",
                        "%s %s:%s"
                                .formatted(
                                        letter.text(DeadLetterHeaders.TOPIC),
                                        letter.text(DeadLetterHeaders.PARTITION),
                                        letter.text(DeadLetterHeaders.OFFSET))),
                line("failed at", letter.failedAt().toString()),
                line("reason", letter.reason()),
                line("message", letter.text(DeadLetterHeaders.MESSAGE)),
                line("key", key(letter)),
                line("value", value(letter)));
    }

    private static String line(String name, String text) {
        return "  %-9s  %s".formatted(name, SafeText.of(text));
    }

    private static String key(Letter letter) {
        byte[] key = letter.record().key();
        if (key == null) {
            return letter.keyLeftOut() ? inSource(letter, DeadLetterHeaders.KEY_LEFT_OUT) : "none";
        }
        return new String(key, StandardCharsets.UTF_8);
    }

    private static String inSource(Letter letter, String part) {
        return "%s bytes, in the source topic only".formatted(letter.text(part));
    }

    private String value(Letter letter) {
        if (letter.valueLeftOut()) {
            return inSource(letter, DeadLetterHeaders.VALUE_LEFT_OUT);
        }
        byte[] value = letter.record().value();
        if (value == null) {
            return "none";
        }
        try {
            return decoder.decode(value).toString();
        } catch (UndecodableException e) {
            return hex(value);
        } catch (RegistryUnavailableException e) {
            return hex(value) + " (the schema registry does not answer)";
        }
    }

    private static String hex(byte[] value) {
        return String.format(
                Locale.ROOT,
                "%d bytes: %s%s",
                value.length,
                HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(value, Math.min(value.length, HEX_BYTES))),
                value.length > HEX_BYTES ? " …" : "");
    }
}
