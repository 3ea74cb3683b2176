package com.threadly.serde;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Credentials for the registry. Never shown by {@code toString}. */
sealed interface Credentials {

    /** The value of the Authorization header for a request to {@code base}. */
    Optional<String> authorization(URI base);

    /** None, except those in a registry's address: {@code https://user:password@host}. */
    record InUrl() implements Credentials {

        @Override
        public Optional<String> authorization(URI base) {
            return Optional.ofNullable(base.getRawUserInfo())
                    .map(info -> basic(URLDecoder.decode(info.replace("+", "%2B"), StandardCharsets.UTF_8)));
        }
    }

    /** A name and a password, {@code user:password}. */
    record UserInfo(String userInfo) implements Credentials {

        @Override
        public Optional<String> authorization(URI base) {
            return Optional.of(basic(userInfo));
        }

        @Override
        public String toString() {
            return "UserInfo[hidden]";
        }
    }

    /** A token. */
    record Bearer(String token) implements Credentials {

        @Override
        public Optional<String> authorization(URI base) {
            return Optional.of("Bearer " + token);
        }

        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }

    /** From the settings; a {@link ConfigException} names what is missing. */
    static Credentials from(AbstractConfig settings) {
        String bearer = settings.getString(SerdeConfig.BEARER_SOURCE);
        if (bearer != null) {
            onlyKnown(SerdeConfig.BEARER_SOURCE, bearer, List.of("STATIC_TOKEN"));
            return new Bearer(token(secret(settings, SerdeConfig.BEARER_TOKEN, SerdeConfig.BEARER_SOURCE, bearer)));
        }
        String basic = settings.getString(SerdeConfig.BASIC_SOURCE);
        onlyKnown(SerdeConfig.BASIC_SOURCE, basic, List.of("URL", "USER_INFO"));
        return basic.equals("URL")
                ? new InUrl()
                : new UserInfo(secret(settings, SerdeConfig.BASIC_USER_INFO, SerdeConfig.BASIC_SOURCE, basic));
    }

    private static void onlyKnown(String name, String value, List<String> known) {
        if (!known.contains(value)) {
            throw new ConfigException(name + "=" + value + " is not supported; set one of " + known
                    + ", or build with the Maven profile confluent and name Confluent's own classes");
        }
    }

    private static String secret(AbstractConfig settings, String name, String source, String chosen) {
        Password secret = settings.getPassword(name);
        if (secret == null || secret.value().isBlank()) {
            throw new ConfigException(source + "=" + chosen + " needs " + name);
        }
        return secret.value();
    }

    private static String token(String secret) {
        String token = secret.strip();
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ConfigException(SerdeConfig.BEARER_TOKEN + " has characters that are not allowed in a header");
        }
        return token;
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
