package com.threadly.provisioner.schemas;

import java.util.List;
import java.util.Optional;

/**
 * The state of one subject in a registry, compared with the catalogue's schema.
 *
 * @param exists whether the subject has any version
 * @param registered whether the catalogue's schema is one of them
 * @param incompatibilities why that schema cannot become one
 * @param compatibility the subject's own compatibility level, if set
 */
record SubjectState(
        String subject,
        boolean exists,
        boolean registered,
        List<String> incompatibilities,
        Optional<String> compatibility) {

    /** The compatibility level that every subject needs. */
    static final String WANTED = "FULL_TRANSITIVE";

    boolean isRegistrable() {
        return incompatibilities.isEmpty();
    }

    boolean isCompatibilityRight() {
        return compatibility.filter(WANTED::equals).isPresent();
    }

    /** In words, for an operator. */
    @Override
    public String toString() {
        return "%s: %s".formatted(subject, registration())
                + (exists && !isCompatibilityRight()
                        ? "; its compatibility is %s, not %s".formatted(compatibility.orElse("not set"), WANTED)
                        : "");
    }

    private String registration() {
        if (!isRegistrable()) {
            return "incompatible: " + String.join("; ", incompatibilities);
        }
        if (registered) {
            return "registered";
        }
        return exists ? "compatible, would become a new version" : "new";
    }
}
