"""Writes or reads events with Confluent's own serializers, for ConfluentInteropIT.

    confluent_interop.py write|read REGISTRY_URL

A JSON array on standard input, one on standard output. To write: {topic, schema, event} in, the record's bytes as
hex out. To read: {topic, schema, bytes} in, the event out. Events are in Avro's JSON encoding.
"""

import io
import json
import sys

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from fastavro import json_reader, json_writer, parse_schema


def parsed(task):
    return parse_schema(json.loads(task["schema"]))


def value_of(task):
    return SerializationContext(task["topic"], MessageField.VALUE)


def write(registry, task):
    event = next(json_reader(io.StringIO(json.dumps(task["event"])), parsed(task)))
    return AvroSerializer(registry, task["schema"])(event, value_of(task)).hex()


def read(registry, task):
    event = AvroDeserializer(registry)(bytes.fromhex(task["bytes"]), value_of(task))
    text = io.StringIO()
    json_writer(text, parsed(task), [event])
    return json.loads(text.getvalue())


if __name__ == "__main__":
    act = {"write": write, "read": read}[sys.argv[1]]
    client = SchemaRegistryClient({"url": sys.argv[2]})
    json.dump([act(client, task) for task in json.load(sys.stdin)], sys.stdout)
