package com.threadly.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;

/**
 * A schema as in its {@code .avsc} file. Schemas of generated classes note the Java type of strings; others do not need
 * it, and it would give the schema a second version and id in the registry.
 */
public final class NeutralSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private NeutralSchema() {}

    /** {@code schema} without Java-only properties. */
    public static Schema of(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            strip(tree);
            return new SchemaParser().parse(tree.toString()).mainSchema();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON: " + schema.getFullName(), e);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
        }
        node.forEach(NeutralSchema::strip);
    }
}
