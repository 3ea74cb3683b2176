package com.threadly.localstack.demo;

import com.threadly.localstack.traffic.LiveScene;
import java.time.Duration;
import java.util.List;

/** What the two people of the page do while nobody uses it: they talk, and the order progresses. */
final class SceneScript implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(4);
    private static final Duration TYPING = Duration.ofSeconds(2);

    /** The buyer begins; then they take turns. */
    private static final List<String> LINES = List.of(
            "Hi! Is the coat still available?",
            "Hi Ben, yes it is. I wore it twice.",
            "Lovely. How does it fit across the shoulders?",
            "True to size, I would say. I am a 40 and it sits well.",
            "And the wool, does it itch?",
            "Not at all, it is fully lined.",
            "Could you post it tomorrow?",
            "Sure, I can drop it off before noon.",
            "Great, I just bought it!",
            "Thank you! I will wrap it nicely.");

    private final PublishingServices services;
    private final LiveScene scene;
    private final Thread thread;

    private SceneScript(LiveScene scene, PublishingServices services) {
        this.scene = scene;
        this.services = services;
        this.thread = Thread.ofVirtual().name("scene").unstarted(this::run);
    }

    static SceneScript play(LiveScene scene, PublishingServices services) {
        var script = new SceneScript(scene, services);
        script.thread.start();
        return script;
    }

    private void run() {
        try {
            for (int line = 0; ; line++) {
                Thread.sleep(PAUSE);
                services.nextOrderStatus();
                String speaker = (line % 2 == 0 ? scene.buyer() : scene.seller()).id();
                services.typing(speaker, true);
                Thread.sleep(TYPING);
                services.typing(speaker, false);
                services.message(speaker, LINES.get(line % LINES.size()), null, null);
            }
        } catch (InterruptedException e) {
            // close() ends the scene.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
