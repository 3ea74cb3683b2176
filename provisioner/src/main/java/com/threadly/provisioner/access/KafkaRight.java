package com.threadly.provisioner.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a deployable may do.
 *
 * @param operation reading and writing include describing
 */
public record KafkaRight(String deployable, AclOperation operation, ResourcePattern resource) {

    static KafkaRight of(String deployable, AclOperation operation, ResourceType type, String name) {
        return new KafkaRight(deployable, operation, new ResourcePattern(type, name, PatternType.LITERAL));
    }

    /** With every resource whose name begins with {@code prefix}. */
    static KafkaRight prefixed(String deployable, AclOperation operation, ResourceType type, String prefix) {
        return new KafkaRight(deployable, operation, new ResourcePattern(type, prefix, PatternType.PREFIXED));
    }

    /** As an ACL for {@code principal}, such as {@code User:gateway}, from any host. */
    public AclBinding binding(String principal) {
        return new AclBinding(resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: allow %s on %s %s%s",
                deployable,
                operation,
                resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                resource.name(),
                resource.patternType() == PatternType.PREFIXED ? "*" : "");
    }
}
