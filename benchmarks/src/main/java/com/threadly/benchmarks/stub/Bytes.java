package com.threadly.benchmarks.stub;

/** Searches in bytes. */
final class Bytes {

    private Bytes() {}

    /** The index of {@code wanted} between {@code from} and {@code to}, or -1. */
    static int find(byte[] wanted, byte[] in, int from, int to) {
        byte first = wanted[0];
        for (int at = from; at <= to - wanted.length; at++) {
            if (in[at] == first && matches(wanted, in, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] wanted, byte[] in, int at) {
        for (int i = 1; i < wanted.length; i++) {
            if (in[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
