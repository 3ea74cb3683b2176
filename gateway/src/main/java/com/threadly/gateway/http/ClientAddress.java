package com.threadly.gateway.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Normalizes addresses from proxies to one form per caller: without port and zone, and short. */
final class ClientAddress {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
    private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(?:%[^\\]\\[]+)?");
    private static final Pattern IPV6_IN_BRACKETS = Pattern.compile("\\[" + IPV6.pattern() + "](?::\\d{1,5})?");
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");

    /** An IPv4 address behind a translator (RFC 6052): this prefix, then its four bytes. */
    private static final byte[] TRANSLATED = HexFormat.of().parseHex("0064ff9b0000000000000000");

    private ClientAddress() {}

    /**
     * The full IPv4 address, even if mapped into IPv6. Of an IPv6 address the first 64 bits, such as {@code
     * 2001:db8:0:1::/64}: a caller may choose the rest freely.
     *
     * @return empty when {@code text} is not an address
     */
    static Optional<String> parse(String text) {
        return literal(text.strip()).map(ClientAddress::shortened);
    }

    static boolean isLoopback(String text) {
        return literal(text.strip()).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Optional<InetAddress> literal(String text) {
        Matcher quoted = QUOTED.matcher(text);
        String entry = quoted.matches() ? quoted.group(1) : text;
        for (Pattern form : new Pattern[] {IPV4, IPV6_IN_BRACKETS, IPV6}) {
            Matcher matcher = form.matcher(entry);
            if (matcher.matches()) {
                try {
                    return Optional.of(InetAddress.ofLiteral(matcher.group(1)));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static String shortened(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        boolean translated = Arrays.equals(bytes, 0, TRANSLATED.length, TRANSLATED, 0, TRANSLATED.length);
        return translated ? fourOf(bytes) : network(bytes);
    }

    private static String fourOf(byte[] bytes) {
        return String.format(
                Locale.ROOT, "%d.%d.%d.%d", bytes[12] & 0xff, bytes[13] & 0xff, bytes[14] & 0xff, bytes[15] & 0xff);
    }

    private static String network(byte[] bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            text.append(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return text.append(":/64").toString();
    }
}
