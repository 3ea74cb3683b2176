package com.threadly.localstack.page;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks the bodies that the page posts. */
final class Requests {

    static final int MAX_TEXT_CHARACTERS = 2000;

    private static final Pattern DRAFT_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    record Message(
            String from,
            String text,
            @Nullable String draftId,
            @Nullable String socketId) {}

    private record RawMessage(
            @Nullable String from,
            @Nullable String text,
            @Nullable String id,
            @Nullable String socketId) {}

    private final ObjectReader reader =
            new ObjectMapper().reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final PageConfig config;

    Requests(PageConfig config) {
        this.config = config;
    }

    Message message(byte[] body) {
        RawMessage raw = read(body, RawMessage.class);
        String text = raw.text();
        if (text == null || text.isBlank()) {
            throw refused("text must not be blank");
        }
        if (text.length() > MAX_TEXT_CHARACTERS) {
            throw refused("text has " + text.length() + " characters; at most " + MAX_TEXT_CHARACTERS + " are allowed");
        }
        String draftId = raw.id();
        if (draftId != null && !DRAFT_ID.matcher(draftId).matches()) {
            throw refused("id must be of at most 64 letters, digits and hyphens");
        }
        return new Message(sender(raw.from()), text, draftId, raw.socketId());
    }

    private String sender(@Nullable String from) {
        if (from == null || !config.knows(from)) {
            throw refused("from must be one of the two people of the conversation");
        }
        return from;
    }

    private <T> T read(byte[] body, Class<T> type) {
        try {
            T value = reader.readValue(body, type);
            if (value == null) {
                throw refused("the body is empty");
            }
            return value;
        } catch (IOException malformed) {
            throw refused("the body is not the JSON object expected here");
        }
    }

    private static PageProblem.Refusal refused(String detail) {
        return new PageProblem.Refusal("Bad Request", 400, detail);
    }
}
