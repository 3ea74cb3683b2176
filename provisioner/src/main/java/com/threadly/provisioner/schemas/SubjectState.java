package com.threadly.provisioner.schemas;

import java.util.List;
import java.util.Optional;

/**
 * What a registry holds of one subject, beside the catalogue's schema.
 *
 * @param exists whether it has any version
 * @param registered whether the catalogue's schema is one
 * @param incompatibilities why that schema may not become one
 * @param compatibility how the subject may change, where that was set for it
 */
record SubjectState(
        String subject,
        boolean exists,
        boolean registered,
        List<String> incompatibilities,
        Optional<String> compatibility) {

    /** How every subject may change. */
    static final String WANTED = "FULL_TRANSITIVE";

    boolean isRegistrable() {
        return incompatibilities.isEmpty();
    }

    boolean isCompatibilityRight() {
        return compatibility.filter(WANTED::equals).isPresent();
    }

    /** For an operator. */
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
