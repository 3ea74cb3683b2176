package com.threadly.serde;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * Avro resolves schemas without a look at their logical types, so microseconds would be read as milliseconds. A writer
 * that names none is taken at its word that it means ours.
 */
final class LogicalTypeDifference {

    private record Pair(Schema writer, Schema reader) {}

    private final Set<Pair> compared = new HashSet<>();

    private LogicalTypeDifference() {}

    /** The first field whose logical type differs, and how; empty when there is none. */
    static Optional<String> between(Schema writer, Schema reader) {
        return new LogicalTypeDifference().between(writer, reader, reader.getName());
    }

    private Optional<String> between(Schema writer, Schema reader, String path) {
        if (writer.isUnion()) {
            return writer.getTypes().stream()
                    .flatMap(branch -> between(branch, reader, path).stream())
                    .findFirst();
        }
        if (reader.isUnion()) {
            return reader.getTypes().stream()
                    .filter(branch -> isReadAs(writer, branch))
                    .flatMap(branch -> between(writer, branch, path).stream())
                    .findFirst();
        }
        return switch (reader.getType()) {
            case RECORD -> writer.getType() == Schema.Type.RECORD ? ofFields(writer, reader, path) : Optional.empty();
            case ARRAY ->
                writer.getType() == Schema.Type.ARRAY
                        ? between(writer.getElementType(), reader.getElementType(), path)
                        : Optional.empty();
            case MAP ->
                writer.getType() == Schema.Type.MAP
                        ? between(writer.getValueType(), reader.getValueType(), path)
                        : Optional.empty();
            default -> ofLeaf(writer, reader, path);
        };
    }

    private Optional<String> ofFields(Schema writer, Schema reader, String path) {
        if (!compared.add(new Pair(writer, reader))) {
            return Optional.empty();
        }
        return reader.getFields().stream()
                .flatMap(field -> Optional.ofNullable(writer.getField(field.name())).stream()
                        .flatMap(written ->
                                between(written.schema(), field.schema(), path + "." + field.name()).stream()))
                .findFirst();
    }

    private static Optional<String> ofLeaf(Schema writer, Schema reader, String path) {
        String found = writer.getProp(LogicalType.LOGICAL_TYPE_PROP);
        String expected = reader.getProp(LogicalType.LOGICAL_TYPE_PROP);
        return found == null || expected == null || Objects.equals(found, expected)
                ? Optional.empty()
                : Optional.of(path + " is " + found + ", not " + expected);
    }

    private static boolean isReadAs(Schema writer, Schema branch) {
        return writer.getType() == branch.getType()
                || (writer.getType() == Schema.Type.INT && branch.getType() == Schema.Type.LONG);
    }
}
