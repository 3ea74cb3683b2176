package com.threadly.presence.push;

import com.threadly.pipeline.ReadProgress;
import java.time.Clock;
import java.util.Optional;

/** The pushing half of users who have set nothing. */
public final class Pushes {

    private Pushes() {}

    public static PresencePush withoutSettings() {
        var read = new ReadProgress() {
            @Override
            public void requireLoaded() {}

            @Override
            public void requireRead(int partition, long offset) {}
        };
        return new PresencePush(new HiddenUsers(), read, _ -> Optional.empty(), Clock.systemUTC());
    }
}
