package com.threadly.gateway.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.health.HealthStatus;
import com.threadly.runtime.health.HealthCheck;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's published keys (JWKS), cached for five minutes and refreshed before that. An unknown key triggers another
 * fetch, at most twice within 30 seconds: a rotation takes effect at once, and forged tokens cause no flood. While the
 * issuer is unavailable, the last keys are used for fifty minutes.
 */
final class JwksKeys implements JWKSource<SecurityContext>, HealthCheck {

    static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

    private static final String UNREACHABLE = "cannot fetch the issuer's keys; check AUTH_JWKS_URL and the issuer";

    private final JWKSource<SecurityContext> published;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean reached;
    private volatile @Nullable String trouble = "the issuer's keys have not been fetched yet";

    JwksKeys(URI address) {
        try {
            published = JWKSourceBuilder.<SecurityContext>create(address.toURL(), new KeyRetriever())
                    .outageTolerant(true)
                    .healthReporting(report -> reached = report.getHealthStatus() == HealthStatus.HEALTHY)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("AUTH_JWKS_URL is not a valid URL", e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            List<JWK> keys = published.get(selector, context);
            trouble = null;
            return keys;
        } catch (RateLimitReachedException e) {
            if (reached) {
                // An unknown key: the issuer answered a moment ago without it.
                return List.of();
            }
            askInBackground();
            throw e;
        } catch (KeySourceException e) {
            askInBackground();
            throw e;
        }
    }

    /** Why no token can be verified. Meanwhile the issuer is asked again and again, as requests may go elsewhere. */
    @Override
    public Optional<String> trouble() {
        String known = trouble;
        if (known != null) {
            askInBackground();
        }
        return Optional.ofNullable(known);
    }

    /** A request that fails proves nothing: its key may be forged, while others are known. */
    private void askInBackground() {
        if (asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("issuer-keys").start(this::ask);
        }
    }

    private void ask() {
        try {
            var _ = published.get(ANY, null);
            trouble = null;
        } catch (KeySourceException e) {
            trouble = UNREACHABLE + ": " + e.getMessage();
        } finally {
            asking.set(false);
        }
    }
}
