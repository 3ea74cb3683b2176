package com.threadly.gateway.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Reads public keys in PEM: {@code BEGIN PUBLIC KEY}. */
final class PublicKeys {

    private static final int MIN_RSA_BITS = 2_048;
    private static final String FRAME = "-----(BEGIN|END) PUBLIC KEY-----";

    private PublicKeys() {}

    /** @throws IllegalArgumentException when it is not a key, or too weak */
    static JWK parse(String pem) {
        return switch (key(decoded(pem))) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() >= MIN_RSA_BITS -> new RSAKey.Builder(rsa).build();
            case ECPublicKey ec
            when Curve.forECParameterSpec(ec.getParams()) != null ->
                new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
            default -> throw expected();
        };
    }

    private static byte[] decoded(String pem) {
        // A settings file may contain line ends as \n.
        return Base64.getMimeDecoder().decode(pem.replace("\\n", "\n").replaceAll(FRAME, ""));
    }

    private static PublicKey key(byte[] der) {
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Another kind of key, or none.
            }
        }
        throw expected();
    }

    private static IllegalArgumentException expected() {
        return new IllegalArgumentException(String.format(
                Locale.ROOT, "expected a public key in PEM: RSA of at least %d bits, or EC", MIN_RSA_BITS));
    }
}
