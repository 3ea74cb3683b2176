package com.threadly.localstack.traffic;

import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** People view products and categories: they come, send heartbeats and leave. */
final class Visits {

    private final World world;
    private final Stamps stamps;
    private final Zipf products;
    private final Map<String, Set<Person>> present = new HashMap<>();

    Visits(World world, Stamps stamps) {
        this.world = world;
        this.stamps = stamps;
        this.products = new Zipf(world.products().size(), world.size().skew());
    }

    Emission<PresenceChanged> next() {
        Product product = world.products().get(products.next(stamps.random()));
        String channel = stamps.random().nextInt(4) == 0 ? product.categoryChannel() : product.channel();
        Person person = Words.any(world.people(), stamps.random());
        return new Emission<>(
                Topics.PRESENCE_EVENTS,
                new PresenceChanged(stamps.newId(), stamps.now(), channel, person.id(), change(channel, person)));
    }

    private PresenceChange change(String channel, Person person) {
        Set<Person> here = present.computeIfAbsent(channel, _ -> new HashSet<>());
        if (here.add(person)) {
            return PresenceChange.JOINED;
        }
        if (stamps.random().nextInt(3) == 0) {
            return PresenceChange.SEEN;
        }
        here.remove(person);
        return PresenceChange.LEFT;
    }
}
