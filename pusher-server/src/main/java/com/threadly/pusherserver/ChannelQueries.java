package com.threadly.pusherserver;

import com.threadly.pusherserver.EventRequests.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers queries about channels, by Pusher's rules for which attribute may be requested of which channel. */
final class ChannelQueries {

    private static final String USER_COUNT = "user_count";
    private static final String SUBSCRIPTION_COUNT = "subscription_count";

    private final Channels channels;

    ChannelQueries(Channels channels) {
        this.channels = channels;
    }

    Map<String, ?> channels(Map<String, String> query) {
        String prefix = query.getOrDefault("filter_by_prefix", "");
        Set<String> info = names(query.getOrDefault("info", ""));
        if (info.contains(USER_COUNT) && !prefix.startsWith("presence-")) {
            throw new ApiException(
                    400, "user_count may only be asked for with a filter_by_prefix of presence channels");
        }
        var found = new LinkedHashMap<String, Map<String, Integer>>();
        for (Channel channel : channels.all()) {
            if (channel.name().startsWith(prefix)) {
                found.put(channel.name(), attributes(channel.name(), info));
            }
        }
        return Map.of("channels", found);
    }

    Map<String, ?> channel(String name, Map<String, String> query) {
        Limits.channelProblem(name).ifPresent(ChannelQueries::refuse);
        Set<String> info = names(query.getOrDefault("info", ""));
        if (info.contains(USER_COUNT) && ChannelKind.of(name) != ChannelKind.PRESENCE) {
            refuse("Cannot retrieve the user count unless the channel is a presence channel");
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("occupied", channels.find(name).isPresent());
        answer.putAll(attributes(name, info));
        return answer;
    }

    Map<String, ?> users(String name) {
        if (ChannelKind.of(name) != ChannelKind.PRESENCE) {
            refuse("Users can only be retrieved for presence channels");
        }
        List<Map<String, String>> users = channels.find(name).map(Channel::userIds).orElse(List.of()).stream()
                .map(id -> Map.of("id", id))
                .toList();
        return Map.of("users", users);
    }

    /** The response to a trigger: empty, unless it asked about its channels. */
    Map<String, ?> attributesAfterTrigger(Parsed request) {
        String asked = request.info().getFirst();
        if (asked.isEmpty()) {
            return Map.of();
        }
        var answer = new LinkedHashMap<String, Map<String, Integer>>();
        request.events().forEach(event -> answer.put(event.channel(), attributes(event.channel(), names(asked))));
        return Map.of("channels", answer);
    }

    /** The same for a batch, where each event has its own request. */
    Map<String, ?> attributesAfterBatch(Parsed request) {
        if (request.info().stream().allMatch(String::isEmpty)) {
            return Map.of();
        }
        var answer = new ArrayList<Map<String, Integer>>();
        for (int i = 0; i < request.events().size(); i++) {
            answer.add(attributes(
                    request.events().get(i).channel(), names(request.info().get(i))));
        }
        return Map.of("batch", answer);
    }

    private Map<String, Integer> attributes(String name, Set<String> info) {
        Optional<Channel> channel = channels.find(name);
        var attributes = new LinkedHashMap<String, Integer>();
        if (info.contains(USER_COUNT) && ChannelKind.of(name) == ChannelKind.PRESENCE) {
            attributes.put(
                    USER_COUNT, channel.map(found -> found.userIds().size()).orElse(0));
        }
        if (info.contains(SUBSCRIPTION_COUNT)) {
            attributes.put(
                    SUBSCRIPTION_COUNT, channel.map(Channel::subscriberCount).orElse(0));
        }
        return attributes;
    }

    private static Set<String> names(String list) {
        return list.isEmpty() ? Set.of() : Set.copyOf(List.of(list.split(",", -1)));
    }

    private static void refuse(String problem) {
        throw new ApiException(400, problem);
    }
}
