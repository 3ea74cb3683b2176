package com.threadly.common.serde;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What proves to the registry who asks. Never shows in {@code toString}. */
sealed interface Credentials {

    /** The value of the Authorization header for a request to {@code base}. */
    Optional<String> authorization(URI base);

    /** None, except what a registry's address carries itself: {@code https://user:password@host}. */
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

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
