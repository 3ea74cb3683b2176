package com.threadly.localstack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.threadly.localstack.subscribe.Push;

/** Writes a push as one line of JSON. */
final class PushLine {

    private final ObjectMapper json = new ObjectMapper();

    String of(Push push) {
        return json.createObjectNode()
                .put("at", push.at().toString())
                .put("channel", push.channel())
                .put("event", push.event())
                .set("data", data(push.data()))
                .toString();
    }

    /** Data that is not JSON is shown as text. */
    private JsonNode data(String data) {
        try {
            return json.readTree(data);
        } catch (JsonProcessingException text) {
            return TextNode.valueOf(data);
        }
    }
}
