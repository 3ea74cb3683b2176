package com.threadly.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ClientAddressesTest {

    private static final String PEER = "10.0.0.1";

    @ParameterizedTest(name = "{1} behind {0}")
    @MethodSource
    void takesTheEntryThatTheOutermostTrustedProxyWrote(int proxies, List<String> lines, String expected) {
        assertThat(new ClientAddresses(proxies).of(PEER, lines)).isEqualTo(expected);
    }

    static Stream<Arguments> takesTheEntryThatTheOutermostTrustedProxyWrote() {
        return Stream.of(
                Arguments.of(0, List.of("192.0.2.1"), PEER),
                Arguments.of(1, List.of(), PEER),
                Arguments.of(1, List.of("192.0.2.1"), "192.0.2.1"),
                Arguments.of(1, List.of("198.51.100.9, 192.0.2.1"), "192.0.2.1"),
                Arguments.of(1, List.of("198.51.100.9", "192.0.2.1"), "192.0.2.1"),
                Arguments.of(1, List.of("198.51.100.9, 198.51.100.8", "198.51.100.7", "192.0.2.1"), "192.0.2.1"),
                Arguments.of(2, List.of("198.51.100.9", "192.0.2.1", "10.0.0.2"), "192.0.2.1"),
                Arguments.of(2, List.of("198.51.100.9, 192.0.2.1", "10.0.0.2"), "192.0.2.1"),
                Arguments.of(2, List.of("192.0.2.1"), PEER),
                Arguments.of(3, List.of("192.0.2.1, 10.0.0.3", "10.0.0.2"), "192.0.2.1"),
                Arguments.of(1, List.of(", ,192.0.2.1, ", ""), "192.0.2.1"),
                Arguments.of(1, List.of("192.0.2.1, unknown"), PEER),
                Arguments.of(1, List.of("192.0.2.1, _hidden"), PEER),
                Arguments.of(1, List.of("", " , ,"), PEER));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:4711, 192.0.2.1",
        "'\t 192.0.2.1 ', 192.0.2.1",
        "'\"192.0.2.1:80\"', 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:DB8:1:2::9, 2001:db8:1:2::/64",
        "[2001:db8:1:2::9], 2001:db8:1:2::/64",
        "[2001:db8:1:2::9]:4711, 2001:db8:1:2::/64",
        "'\"[2001:db8:1:2::9]:4711\"', 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "[fe80::1%eth0]:80, fe80:0:0:0::/64",
        "fe80::1%25eth0, fe80:0:0:0::/64",
        "::1, 0:0:0:0::/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "[::ffff:192.0.2.1]:80, 192.0.2.1",
        "::FFFF:c000:0201, 192.0.2.1",
        "64:ff9b::192.0.2.1, 192.0.2.1",
        "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1"
    })
    void writesEachCallersAddressInOneForm(String entry, String expected) {
        assertThat(ClientAddress.parse(entry)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "example.com",
                "1",
                "1.2.3",
                "127.1",
                "0x7f.0.0.1",
                "256.0.0.1",
                "192.0.2.1:",
                "192.0.2.1:port",
                "192.0.2.1:123456",
                "192.0.2.1/24",
                "192.0.2.1 192.0.2.2",
                "[192.0.2.1]",
                "[2001:db8::1",
                "2001:db8::1]",
                "[2001:db8::1]:",
                "[2001:db8::1]x",
                "2001:db8::1::2",
                "2001:db8:1:2:3:4:5:6:7",
                "1:2:3",
                ":",
                "::g",
                "\"192.0.2.1",
                "\"\"",
                "for=192.0.2.1",
                "١٩٢.0.2.1",
                "%eth0",
                "::1\0"
            })
    void takesNothingElseForAnAddress(String entry) {
        assertThat(ClientAddress.parse(entry)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 10.0.0.1, 1", "0, 2001:db8::1, 1", "0, 127.0.0.1, 0", "0, ::1, 0", "1, 10.0.0.1, 0"})
    void warnsOnceOfAProxyThatNobodyTrusts(int proxies, String peer, int warnings) {
        var logger = (Logger) LoggerFactory.getLogger(ClientAddresses.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        try {
            var addresses = new ClientAddresses(proxies);
            addresses.of(peer, List.of());
            assertThat(log.list).isEmpty();
            for (int i = 0; i < 5; i++) {
                addresses.of(peer, List.of("192.0.2.1"));
            }
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning.getFormattedMessage()).contains("HTTP_TRUSTED_PROXIES"));
    }

    @Property
    void nothingThatTheCallerWritesChangesItsAddress(
            @ForAll("written") List<String> written,
            @ForAll @IntRange(min = 1, max = 4) int proxies,
            @ForAll int client) {
        String address = text(client);
        List<String> ours = Stream.concat(
                        Stream.of(address), IntStream.range(1, proxies).mapToObj("10.0.1.%d"::formatted))
                .toList();
        List<String> oneLine = List.of(String.join(",", written) + ", " + String.join(", ", ours));
        List<String> ownLines = Stream.concat(written.stream(), ours.stream()).toList();

        assertThat(new ClientAddresses(proxies).of(PEER, oneLine)).isEqualTo(address);
        assertThat(new ClientAddresses(proxies).of(PEER, ownLines)).isEqualTo(address);
    }

    @Property
    void isShortWhateverIsWritten(@ForAll("written") List<String> written, @ForAll @IntRange(max = 4) int proxies) {
        assertThat(new ClientAddresses(proxies).of(PEER, written)).hasSizeLessThanOrEqualTo(24);
    }

    @Property
    void allOfOneIpv6NetworkAreOneCaller(@ForAll long network, @ForAll long a, @ForAll long b) {
        assertThat(ClientAddress.parse(six(network, a))).isPresent().isEqualTo(ClientAddress.parse(six(network, b)));
    }

    @Provide
    Arbitrary<List<String>> written() {
        Arbitrary<String> entry = Arbitraries.oneOf(
                Arbitraries.strings()
                        .ofMaxLength(60)
                        .map(text -> text.replace('\n', ' ').replace('\r', ' ')),
                Arbitraries.of(
                        "", " ", ",", "unknown", "192.0.2.1:80", "[::1]:80", "\"", "::ffff:10.0.0.1", "fe80::1%x"),
                Arbitraries.integers().map(ClientAddressesTest::text));
        return entry.list().ofMaxSize(12);
    }

    private static String text(int address) {
        return String.format(
                Locale.ROOT, "%d.%d.%d.%d", address >>> 24, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff);
    }

    /** Under 2000::/4, where no IPv4 address is mapped to. */
    private static String six(long network, long host) {
        String digits = String.format(Locale.ROOT, "2%015x%016x", network >>> 4, host);
        return String.join(":", digits.split("(?<=\\G.{4})", -1)).replaceAll(":$", "");
    }
}
