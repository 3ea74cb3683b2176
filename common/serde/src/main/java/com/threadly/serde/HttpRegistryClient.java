package com.threadly.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.serde.RegistryTransport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** Client of Confluent's REST API, which Confluent, Apicurio, Karapace and Redpanda serve. */
final class HttpRegistryClient implements SchemaRegistryClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Subject not found, schema not found. */
    private static final Set<Integer> UNKNOWN = Set.of(40401, 40403);

    /** Within it, one unknown id is asked for again: a flood of bad records must not wait at each. */
    private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(10);

    private final RegistryTransport registry;
    private final boolean register;
    private final LongSupplier nanoTime;
    private final AtomicLong lastDoubt;

    /** A client that registers what is new, or only looks it up. */
    HttpRegistryClient(RegistryTransport registry, boolean register, LongSupplier nanoTime) {
        this.registry = registry;
        this.register = register;
        this.nanoTime = nanoTime;
        this.lastDoubt = new AtomicLong(nanoTime.getAsLong() - BETWEEN_DOUBTS.toNanos());
    }

    @Override
    public int idOf(String subject, Schema schema) {
        String path = path(subject);
        String question =
                JSON.createObjectNode().put("schema", schema.toString()).toString();
        Answer answer = register
                ? registry.ask(path + "/versions", question)
                : registry.ask(path, question, HttpRegistryClient::saysUnknown, 0);
        return switch (answer.status()) {
            case 200 -> idIn(answer);
            case 404, 409, 422 -> throw rejected(subject, schema, answer);
            default -> throw useless(answer);
        };
    }

    @Override
    public Schema schemaOf(int id) {
        Answer answer = lookUp(id, repeats());
        if (answer.status() == 200) {
            return schemaIn(answer, id);
        }
        throw new UnknownIdException("The registry at " + answer.from() + " has no schema with id " + id
                + "; check that producers and consumers use the same registry");
    }

    @Override
    public boolean knows(int id) {
        return lookUp(id, 0).status() == 200;
    }

    /** With status 200, or one that says that no address knows {@code id}. */
    private Answer lookUp(int id, int repeats) {
        Answer answer = registry.ask("/schemas/ids/" + id, null, HttpRegistryClient::saysUnknown, repeats);
        if (answer.status() != 200 && !saysUnknown(answer)) {
            throw useless(answer);
        }
        return answer;
    }

    /** A replica may lag behind the one that a producer has just registered with. */
    private int repeats() {
        long now = nanoTime.getAsLong();
        long last = lastDoubt.get();
        return now - last >= BETWEEN_DOUBTS.toNanos() && lastDoubt.compareAndSet(last, now) ? registry.maxRetries() : 0;
    }

    /** The code, not the status: a wrong base address or a proxy answers 404 too, which says nothing about the record. */
    private static boolean saysUnknown(Answer answer) {
        try {
            return answer.status() == 404
                    && UNKNOWN.contains(
                            JSON.readTree(answer.body()).path("error_code").asInt());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The path of {@code subject} in the registry. */
    static String path(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static int idIn(Answer answer) {
        JsonNode id = json(answer).path("id");
        if (!id.isInt()) {
            throw useless(answer);
        }
        return id.intValue();
    }

    private static Schema schemaIn(Answer answer, int id) {
        JsonNode body = json(answer);
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UndecodableException("Schema id " + id + " is of type " + type + "; only AVRO can be read");
        }
        if (!body.path("schema").isTextual()) {
            throw useless(answer);
        }
        try {
            return new SchemaParser().parse(body.path("schema").textValue()).mainSchema();
        } catch (AvroRuntimeException e) {
            throw new UndecodableException(
                    "Schema id " + id + " cannot be parsed alone; register it whole, without references", e);
        }
    }

    private SchemaRejectedException rejected(String subject, Schema schema, Answer answer) {
        JsonNode problem = json(answer);
        if (!problem.has("error_code")) {
            throw useless(answer);
        }
        String what = "The registry at " + answer.from() + " answers "
                + problem.path("error_code").asInt() + " ("
                + problem.path("message").asText() + ") to " + schema.getFullName() + " under subject " + subject;
        return new SchemaRejectedException(
                register
                        ? what + "; register a compatible schema"
                        : what + "; register it first, or set " + SerdeConfig.AUTO_REGISTER + "=true");
    }

    static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw useless(answer);
        }
    }

    static RegistryUnavailableException useless(Answer answer) {
        String advice = switch (answer.status()) {
            case 401, 403 ->
                "; it refuses the credentials, check " + SerdeConfig.BASIC_USER_INFO + " or "
                        + SerdeConfig.BEARER_TOKEN;
            default -> ", which is not an answer of a schema registry; check the path in " + SerdeConfig.URL;
        };
        return new RegistryUnavailableException(
                "The schema registry at " + answer.from() + " answered " + answer.status() + advice);
    }

    @Override
    public void close() {
        registry.close();
    }

    @Override
    public String toString() {
        return registry.toString();
    }
}
