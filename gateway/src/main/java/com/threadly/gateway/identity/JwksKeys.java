package com.threadly.gateway.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.List;

/**
 * An issuer's published keys (JWKS), cached for five minutes and refreshed before that. An unknown key triggers another
 * fetch, at most twice within 30 seconds: a rotation takes effect at once, and forged tokens cause no flood. While the
 * issuer is unavailable, the last keys are used for fifty minutes.
 */
final class JwksKeys implements JWKSource<SecurityContext> {

    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int READ_TIMEOUT_MS = 2_000;
    private static final int MAX_BYTES = 256 * 1024;

    private final JWKSource<SecurityContext> published;
    private volatile boolean reached;

    JwksKeys(URI address) {
        try {
            published = JWKSourceBuilder.<SecurityContext>create(
                            address.toURL(),
                            new DefaultResourceRetriever(CONNECT_TIMEOUT_MS, READ_TIMEOUT_MS, MAX_BYTES))
                    .outageTolerant(true)
                    .healthReporting(report -> reached = report.getHealthStatus() == HealthStatus.HEALTHY)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("AUTH_JWKS_URL is not a valid URL", e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        try {
            return published.get(selector, context);
        } catch (RateLimitReachedException e) {
            if (reached) {
                // An unknown key: the issuer answered a moment ago without it.
                return List.of();
            }
            throw e;
        }
    }
}
