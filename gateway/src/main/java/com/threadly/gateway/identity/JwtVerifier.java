package com.threadly.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.UnavailableException;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/**
 * Verifies signed tokens (JWT) with one algorithm, whatever a token's header says. Keys come only from {@code keys}:
 * keys in the header ({@code jwk}, {@code jku}, {@code x5u}) are ignored.
 */
public final class JwtVerifier implements TokenVerifier, HealthCheck {

    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final JWKSource<SecurityContext> keys;
    private final UserClaims claims;
    private final VerifiedTokens verified;

    JwtVerifier(
            JWSAlgorithm algorithm,
            JWKSource<SecurityContext> keys,
            ClaimsVerifier verifier,
            UserClaims claims,
            VerifiedTokens verified) {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithm, keys));
        processor.setJWTClaimsSetVerifier(verifier);
        this.keys = keys;
        this.claims = claims;
        this.verified = verified;
    }

    /** Why no token can be verified now; keys that are set are always there. */
    @Override
    public Optional<String> trouble() {
        return keys instanceof HealthCheck fetched ? fetched.trouble() : Optional.empty();
    }

    /** The library takes some claims for what they should be, and stumbles over what they are. */
    private JWTClaimsSet process(String token) throws ParseException, BadJOSEException, JOSEException {
        try {
            return processor.process(token, null);
        } catch (RuntimeException e) {
            throw new BadJWTException("the claims are not what they should be: " + e, e);
        }
    }

    @Override
    public Optional<User> whoIs(String token) throws UnavailableException {
        try {
            List<JWK> trusted = keys.get(JwksKeys.ANY, null);
            Optional<User> known = verified.find(token, trusted);
            if (known.isPresent()) {
                return known;
            }
            JWTClaimsSet set = process(token);
            Optional<User> user = claims.user(set);
            user.ifPresent(found ->
                    verified.note(token, trusted, found, set.getExpirationTime().toInstant()));
            return user;
        } catch (KeySourceException e) {
            throw new UnavailableException("could not fetch the issuer's keys: " + e.getMessage(), e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }
}
