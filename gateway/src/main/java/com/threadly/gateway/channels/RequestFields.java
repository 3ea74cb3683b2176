package com.threadly.gateway.channels;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.gateway.http.ProblemException;
import com.threadly.payload.JsonMappers;
import com.threadly.runtime.http.Problem;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a Pusher client's request: a form, as from pusher-js, or JSON. A field may have several values. */
final class RequestFields {

    private static final Pattern SOCKET_ID = Pattern.compile("\\d{1,20}\\.\\d{1,20}");
    /** Of the index of a list element. */
    private static final int MOST_DIGITS = 4;

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final ObjectMapper JSON = JsonMappers.builder().build();

    /** @param list whether it was sent as a list, even with one value */
    private record Field(List<String> values, boolean list) {}

    private final Map<String, Field> fields;

    private RequestFields(Map<String, Field> fields) {
        this.fields = fields;
    }

    /** @throws ProblemException when it is neither a form nor a JSON object */
    static RequestFields parse(@Nullable String contentType, byte[] body) {
        return new RequestFields(isJson(contentType) ? json(body) : form(body));
    }

    /** The client's socket id. */
    String socketId() {
        String id = text("socket_id");
        if (!SOCKET_ID.matcher(id).matches()) {
            throw malformed("socket_id is not a valid Pusher socket id");
        }
        return id;
    }

    boolean isList(String name) {
        return field(name).list();
    }

    /** Not empty, unless the field is a list. */
    List<String> texts(String name) {
        return field(name).values();
    }

    private String text(String name) {
        if (isList(name)) {
            throw missing(name);
        }
        return texts(name).getFirst();
    }

    private Field field(String name) {
        Field field = fields.get(name);
        if (field == null) {
            throw missing(name);
        }
        return field;
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static Map<String, Field> json(byte[] body) {
        var fields = new HashMap<String, Field>();
        try {
            Map<String, Object> read = JSON.readValue(body, FIELDS);
            if (read != null) {
                read.forEach((name, value) -> field(value).ifPresent(field -> fields.put(name, field)));
            }
        } catch (IOException e) {
            throw malformed("the body is not a JSON object");
        }
        return fields;
    }

    /** Values other than strings are ignored. */
    private static Optional<Field> field(@Nullable Object value) {
        return switch (value) {
            case String text -> Optional.of(new Field(List.of(text), false));
            case List<?> values
            when values.stream().allMatch(String.class::isInstance) ->
                Optional.of(new Field(values.stream().map(String.class::cast).toList(), true));
            case null, default -> Optional.empty();
        };
    }

    private static Map<String, Field> form(byte[] body) {
        var fields = new HashMap<String, Field>();
        var form = new String(body, StandardCharsets.UTF_8);
        for (int begin = 0; begin < form.length(); ) {
            int next = form.indexOf('&', begin);
            int end = next < 0 ? form.length() : next;
            int equals = form.indexOf('=', begin, end);
            if (equals > begin) {
                add(fields, decoded(form.substring(begin, equals)), decoded(form.substring(equals + 1, end)));
            }
            begin = end + 1;
        }
        return fields;
    }

    private static void add(Map<String, Field> fields, String name, String value) {
        int index = indexOfElement(name);
        boolean list = index >= 0;
        fields.computeIfAbsent(list ? name.substring(0, index) : name, _ -> new Field(new ArrayList<>(), list))
                .values()
                .add(value);
    }

    /** Where the index of a list's element begins, as in {@code channel_name[0]} or {@code channel_name[]}, or -1. */
    private static int indexOfElement(String name) {
        int open = name.endsWith("]") ? name.lastIndexOf('[') : -1;
        int digits = name.length() - open - 2;
        boolean index = open >= 0
                && digits <= MOST_DIGITS
                && name.chars().skip(open + 1L).limit(digits).allMatch(c -> c >= '0' && c <= '9');
        return index ? open : -1;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("the body is not a form");
        }
    }

    private static ProblemException missing(String name) {
        return malformed(name + " is missing or not a text");
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.malformed(detail));
    }
}
