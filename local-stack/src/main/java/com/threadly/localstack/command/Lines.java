package com.threadly.localstack.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/** Splits input into events, one per line; blank lines are skipped but counted. */
final class Lines {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Lines() {}

    static List<Line> read(InputStream in, JsonEventReader<?> reader) throws IOException {
        // Latin-1 preserves the bytes, so that a line that is not UTF-8 can be identified.
        BufferedReader bytes = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line = bytes.readLine(); line != null; line = bytes.readLine()) {
            number++;
            if (!line.isBlank()) {
                lines.add(read(number, line.getBytes(ISO_8859_1), reader));
            }
        }
        return lines;
    }

    private static Line read(int number, byte[] bytes, JsonEventReader<?> reader) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return reader.read(number, number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException noText) {
            return new Line.Bad(number, List.of("not UTF-8"));
        }
    }
}
