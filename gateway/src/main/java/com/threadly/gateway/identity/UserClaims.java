package com.threadly.gateway.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads users from claims.
 *
 * @param shown claims that others may see; those that are not short strings are left out
 * @param vouching whether the token may grant conversations and orders
 */
record UserClaims(Set<String> shown, boolean vouching) {

    /** Pusher's limit. */
    private static final int MAX_ID = 128;

    /** Pusher accepts 1 KiB of information per member. */
    private static final int MAX_TEXT = 200;

    private static final String NAME = "name";

    Optional<User> user(JWTClaimsSet claims) throws ParseException {
        String id = claims.getSubject();
        if (id.isBlank() || id.length() > MAX_ID) {
            return Optional.empty();
        }
        return Optional.of(new User(id, info(claims, id), ids(claims, "conversations"), ids(claims, "orders")));
    }

    /** The name of a user without one is the id. */
    private Map<String, String> info(JWTClaimsSet claims, String id) {
        var info = new HashMap<String, String>();
        if (shown.contains(NAME)) {
            info.put(NAME, id);
        }
        for (String claim : shown) {
            if (claims.getClaim(claim) instanceof String text && text.length() <= MAX_TEXT) {
                info.put(claim, text);
            }
        }
        return info;
    }

    private Set<String> ids(JWTClaimsSet claims, String name) throws ParseException {
        List<String> ids = vouching ? claims.getStringListClaim(name) : null;
        if (ids == null) {
            return Set.of();
        }
        if (ids.contains(null)) {
            throw new ParseException(name + " has an entry that is null", 0);
        }
        return Set.copyOf(ids);
    }
}
