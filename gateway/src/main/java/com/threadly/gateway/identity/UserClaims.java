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
 * @param shown claims that others may see; those that are no short text are left out
 * @param vouching whether the token may say what its holder takes part in
 */
record UserClaims(Set<String> shown, boolean vouching) {

    /** Pusher's limit. */
    private static final int MAX_ID = 128;

    /** Pusher takes 1 KiB of information on a member. */
    private static final int MAX_TEXT = 200;

    private static final String NAME = "name";

    Optional<User> user(JWTClaimsSet claims) throws ParseException {
        String id = claims.getSubject();
        if (id.isBlank() || id.length() > MAX_ID) {
            return Optional.empty();
        }
        return Optional.of(new User(id, info(claims, id), ids(claims, "conversations"), ids(claims, "orders")));
    }

    /** A user without a name is called by the id. */
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
