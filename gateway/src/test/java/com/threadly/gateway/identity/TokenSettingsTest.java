package com.threadly.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSettingsTest {

    private static final String SECRET = "a secret that is long enough for it";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | exactly one of",
                "AUTH_SECRET=short AUTH_ISSUER=i AUTH_AUDIENCE=a | AUTH_SECRET",
                "AUTH_DEVELOPMENT_SECRET=short | AUTH_DEVELOPMENT_SECRET",
                "AUTH_JWKS_URL=https://id.example/keys AUTH_AUDIENCE=a | AUTH_ISSUER",
                "AUTH_JWKS_URL=https://id.example/keys AUTH_ISSUER=i | AUTH_AUDIENCE",
                "AUTH_JWKS_URL=http://id.example/keys AUTH_ISSUER=i AUTH_AUDIENCE=a | AUTH_JWKS_URL",
                "AUTH_JWKS_URL=https://id.example/keys AUTH_ISSUER=i AUTH_AUDIENCE=a AUTH_ALGORITHM=HS256 | does not fit",
                "AUTH_JWKS_URL=https://id.example/keys AUTH_ISSUER=i AUTH_AUDIENCE=a AUTH_ALGORITHM=none | AUTH_ALGORITHM",
                "AUTH_SECRET=" + SECRET_WORD + " AUTH_ISSUER=i AUTH_AUDIENCE=a AUTH_ALGORITHM=HS512 | does not fit",
                "AUTH_SECRET=" + SECRET_WORD + " AUTH_ISSUER=i AUTH_AUDIENCE=a AUTH_ALGORITHM=HS384 | does not fit",
                "AUTH_DEVELOPMENT_SECRET=" + SECRET_WORD + " AUTH_ALGORITHM=HS512 | does not fit",
                "AUTH_PUBLIC_KEY=" + P256 + " AUTH_ISSUER=i AUTH_AUDIENCE=a AUTH_ALGORITHM=ES384 | does not fit",
                "AUTH_PUBLIC_KEY=abc AUTH_ISSUER=i AUTH_AUDIENCE=a | AUTH_PUBLIC_KEY",
                "AUTH_JWKS_URL=https://id.example/keys AUTH_DEVELOPMENT_SECRET=" + SECRET_WORD + " | exactly one of",
            })
    void refuses(String environment, String named) {
        var settings = Settings.of(variables(environment));
        var _ = TokenSettings.from(settings);

        assertThat(catchThrowable(settings::verify))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(named);
    }

    @Test
    void showsNoSecret() {
        var settings = Settings.of(Map.of("AUTH_SECRET", SECRET, "AUTH_ISSUER", "i", "AUTH_AUDIENCE", "a"));

        assertThat(TokenSettings.from(settings).toString()).doesNotContain(SECRET);
        assertThat(settings.masked().toString()).doesNotContain(SECRET);
    }

    /** A public key of the curve P-256. */
    private static final String P256 =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE98VsQ2gmL2THvw70coOHkNGw8+0SKobhOsCBBi/i7vi+/YP+tkleoWqb4ltqGI1eg6wm2/fYVjSjlXSK8taLSw==";

    private static final String SECRET_WORD = "0123456789abcdef0123456789abcdef";

    private static Map<String, String> variables(String text) {
        var variables = new HashMap<String, String>();
        Arrays.stream(text.split(" ", -1))
                .map(word -> word.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> variables.put(pair[0], pair[1]));
        return variables;
    }
}
