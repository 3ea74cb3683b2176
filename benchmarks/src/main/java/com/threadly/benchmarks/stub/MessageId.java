package com.threadly.benchmarks.stub;

/**
 * A message's id, which contains everything that the stub checks.
 *
 * @param conversation its number, from 0
 * @param sequence within the conversation, from 0
 * @param number within all messages, from 0
 */
public record MessageId(int conversation, int sequence, int number) {

    /** Reads an id that begins at {@code at}. */
    public static MessageId parse(byte[] text, int at) {
        var values = new int[3];
        int value = 0;
        for (int i = at; value < values.length; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                values[value] = values[value] * 10 + digit;
            } else {
                value++;
            }
        }
        return new MessageId(values[0], values[1], values[2]);
    }

    @Override
    public String toString() {
        return conversation + "/" + sequence + "/" + number;
    }
}
