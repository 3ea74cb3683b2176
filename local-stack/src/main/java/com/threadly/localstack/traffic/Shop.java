package com.threadly.localstack.traffic;

import com.threadly.events.AnnouncementKind;
import com.threadly.events.AnnouncementPublished;
import com.threadly.events.Topics;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A busy marketplace: an endless sequence of events. The same world, mix and seed give the same events, ids included;
 * the clock affects only their times. For one thread.
 */
public final class Shop implements Iterator<Emission<?>> {

    private final World world;
    private final Mix mix;
    private final Stamps stamps;
    private final Talk talk;
    private final Trade trade;
    private final Visits visits;
    private int announcements;

    public Shop(World world, Mix mix, long seed, Clock clock) {
        this.world = world;
        this.mix = mix;
        this.stamps = new Stamps(new SplittableRandom(seed), clock);
        this.talk = new Talk(world, stamps);
        this.trade = new Trade(world, stamps);
        this.visits = new Visits(world, stamps);
    }

    /** The first {@code count} events of a new shop, with their times by {@code clock}. */
    public static List<Emission<?>> events(World world, Mix mix, long seed, Clock clock, int count) {
        return Stream.<Emission<?>>generate(new Shop(world, mix, seed, clock)::next)
                .limit(count)
                .toList();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Emission<?> next() {
        return switch (mix.pick(stamps.random())) {
            case MESSAGE -> talk.message();
            case ORDER -> trade.order();
            case PAYMENT -> trade.payment();
            case PRESENCE -> visits.next();
            case TYPING -> talk.typing();
            case ANNOUNCEMENT -> announcement();
        };
    }

    private Emission<AnnouncementPublished> announcement() {
        boolean news = stamps.random().nextInt(3) > 0;
        String title = news ? Words.news(stamps.random()) : Words.state(stamps.random());
        return new Emission<>(
                Topics.ANNOUNCEMENT_EVENTS,
                new AnnouncementPublished(
                        stamps.newId(),
                        stamps.now(),
                        "news-" + world.tag() + "-" + ++announcements,
                        news ? AnnouncementKind.ANNOUNCEMENT : AnnouncementKind.STATUS_UPDATE,
                        title,
                        title + ". Open the app to read more."));
    }
}
