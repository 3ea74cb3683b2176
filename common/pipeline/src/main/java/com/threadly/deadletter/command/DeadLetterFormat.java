package com.threadly.deadletter.command;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.ForeignRegistryException;
import com.threadly.serde.RegistryUnavailableException;
import com.threadly.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Formats one dead letter as text. */
final class DeadLetterFormat {

    private static final int HEX_BYTES = 32;

    private final AvroDecoder decoder;

    DeadLetterFormat(AvroDecoder decoder) {
        this.decoder = decoder;
    }

    List<String> lines(DeadLetter deadLetter) {
        return List.of(
                "%s %s%s"
                        .formatted(
                                deadLetter.record().topic(),
                                deadLetter.position(),
                                deadLetter.redriven() ? " (redriven)" : ""),
                line(
                        "source",
                        "%s %s:%s"
                                .formatted(
                                        deadLetter.text(DeadLetterHeaders.TOPIC),
                                        deadLetter.text(DeadLetterHeaders.PARTITION),
                                        deadLetter.text(DeadLetterHeaders.OFFSET))),
                line("failed at", deadLetter.failedAt().toString()),
                line("reason", deadLetter.reason()),
                line("message", deadLetter.text(DeadLetterHeaders.MESSAGE)),
                line("key", key(deadLetter)),
                line("value", value(deadLetter)));
    }

    private static String line(String name, String text) {
        return "  %-9s  %s".formatted(name, SafeText.of(text));
    }

    private static String key(DeadLetter deadLetter) {
        byte[] key = deadLetter.record().key();
        if (key == null) {
            return deadLetter.keyLeftOut() ? inSource(deadLetter, DeadLetterHeaders.KEY_LEFT_OUT) : "none";
        }
        return new String(key, StandardCharsets.UTF_8);
    }

    private static String inSource(DeadLetter deadLetter, String part) {
        return "%s bytes, in the source topic only".formatted(deadLetter.text(part));
    }

    private String value(DeadLetter deadLetter) {
        if (deadLetter.valueLeftOut()) {
            return inSource(deadLetter, DeadLetterHeaders.VALUE_LEFT_OUT);
        }
        byte[] value = deadLetter.record().value();
        if (value == null) {
            return "none";
        }
        try {
            return decoder.decode(value).toString();
        } catch (UndecodableException | ForeignRegistryException e) {
            return hex(value);
        } catch (RegistryUnavailableException e) {
            return hex(value) + "  (the schema registry does not respond)";
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
