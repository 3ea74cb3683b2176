package com.threadly.gateway.channels;

import com.threadly.gateway.http.Problem;
import com.threadly.gateway.http.ProblemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a Pusher client asks when it wants to subscribe.
 *
 * @param channels names as they came, of whatever form
 * @param batch whether they came as a list, as plugins of pusher-js send them
 */
record ChannelRequest(String socketId, List<String> channels, boolean batch) {

    /** As many as Pusher takes in one trigger. */
    static final int MAX_CHANNELS = 100;

    private static final String CHANNELS = "channel_name";

    ChannelRequest {
        channels = List.copyOf(channels);
    }

    /** @throws ProblemException when it is not such a request */
    static ChannelRequest parse(@Nullable String contentType, byte[] body) {
        var fields = RequestFields.parse(contentType, body);
        var request = new ChannelRequest(fields.socketId(), fields.texts(CHANNELS), fields.isList(CHANNELS));
        if (request.channels.size() > MAX_CHANNELS) {
            throw new ProblemException(Problem.malformed(
                    String.format(Locale.ROOT, "at most %d channels may be asked for at once", MAX_CHANNELS)));
        }
        return request;
    }
}
