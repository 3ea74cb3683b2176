package com.threadly.events;

import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * FULL_TRANSITIVE: today's schema reads data of every released one, and every released one reads data of today's.
 * Released schemas live in {@code released/<version>/} and never change; a release adds a folder.
 */
class CompatibilityTest {

    private static final Path RELEASED = Path.of("released");

    @TestFactory
    Stream<DynamicTest> everyTopicIsCompatibleWithEveryReleaseOfItsSchema() {
        return Topics.all().stream()
                .map(topic -> SpecificData.get().getSchema(topic.valueType()))
                .flatMap(schema -> releasesOf(schema.getName())
                        .map(file -> DynamicTest.dynamicTest(
                                file.toString(),
                                () -> assertThat(problems(schema, parse(Files.readString(file))))
                                        .as("%s breaks FULL_TRANSITIVE; give new fields a default, keep old ones", file)
                                        .isEmpty())));
    }

    @Test
    void everyTopicWasReleased() {
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(releasesOf(topic.valueType().getSimpleName()))
                        .as(topic.name())
                        .isNotEmpty());
    }

    @Test
    void noticesAFieldWithoutADefaultAndALostSymbol() {
        Schema before = parse("""
                {"type":"record","name":"E","fields":[{"name":"s","type":
                  {"type":"enum","name":"S","symbols":["UNKNOWN","A"],"default":"UNKNOWN"}}]}""");
        Schema addedField = parse("""
                {"type":"record","name":"E","fields":[{"name":"x","type":"string"},{"name":"s","type":
                  {"type":"enum","name":"S","symbols":["UNKNOWN","A"],"default":"UNKNOWN"}}]}""");
        Schema lostDefault = parse("""
                {"type":"record","name":"E","fields":[{"name":"s","type":
                  {"type":"enum","name":"S","symbols":["UNKNOWN"]}}]}""");

        assertThat(problems(addedField, before)).isNotEmpty();
        assertThat(problems(lostDefault, before)).isNotEmpty();
        assertThat(problems(before, before)).isEmpty();
    }

    private static List<String> problems(Schema now, Schema released) {
        return Stream.of(checkReaderWriterCompatibility(now, released), checkReaderWriterCompatibility(released, now))
                .filter(pair -> pair.getType() != SchemaCompatibilityType.COMPATIBLE)
                .map(pair -> pair.getResult().getIncompatibilities().toString())
                .toList();
    }

    private static Stream<Path> releasesOf(String schema) {
        try (Stream<Path> versions = Files.list(RELEASED)) {
            return versions
                    .map(version -> version.resolve(schema + ".avsc"))
                    .filter(Files::exists)
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(String json) {
        return new SchemaParser().parse(json).mainSchema();
    }
}
