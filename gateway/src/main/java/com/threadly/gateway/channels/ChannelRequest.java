package com.threadly.gateway.channels;

import com.threadly.gateway.http.ProblemException;
import com.threadly.runtime.http.Problem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Pusher client's authorization request.
 *
 * @param channels names as received, not validated
 * @param batch whether they came as a list, as plugins of pusher-js send them
 */
record ChannelRequest(String socketId, List<String> channels, boolean batch) {

    /** As many as Pusher accepts in one trigger. */
    static final int MAX_CHANNELS = 100;

    /** More than Pusher allows. An answer repeats the names of the request. */
    private static final int MAX_LENGTH = 256;

    private static final String CHANNELS = "channel_name";

    ChannelRequest {
        channels = List.copyOf(channels);
    }

    /** @throws ProblemException when the request is malformed */
    static ChannelRequest parse(@Nullable String contentType, byte[] body) {
        var fields = RequestFields.parse(contentType, body);
        var request = new ChannelRequest(fields.socketId(), fields.texts(CHANNELS), fields.isList(CHANNELS));
        if (request.channels.size() > MAX_CHANNELS) {
            throw new ProblemException(Problem.malformed(
                    String.format(Locale.ROOT, "a request may have at most %d channels", MAX_CHANNELS)));
        }
        if (request.channels.stream().anyMatch(channel -> channel.length() > MAX_LENGTH)) {
            throw new ProblemException(Problem.malformed(
                    String.format(Locale.ROOT, "the name of a channel has at most %d characters", MAX_LENGTH)));
        }
        return request;
    }
}
