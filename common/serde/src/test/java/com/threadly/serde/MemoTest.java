package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class MemoTest {

    private final Memo<String, Integer> memo = new Memo<>();
    private final AtomicInteger questions = new AtomicInteger();

    @Test
    void asksOnce() {
        memo.get("a", _ -> questions.incrementAndGet());

        assertThat(memo.get("a", _ -> questions.incrementAndGet())).isEqualTo(1);
        assertThat(memo.get("b", _ -> questions.incrementAndGet())).isEqualTo(2);
    }

    @Test
    void doesNotRememberAFailure() {
        assertThatThrownBy(() -> memo.get("a", _ -> {
                    throw new UndecodableException("not yet");
                }))
                .isInstanceOf(UndecodableException.class);

        assertThat(memo.get("a", _ -> 5)).isEqualTo(5);
    }

    @Test
    void manyWhoAskAtOnceShareOneQuestion() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = Stream.generate(() -> threads.submit(() -> memo.get("a", _ -> {
                        int asked = questions.incrementAndGet();
                        join(answer);
                        return asked;
                    })))
                    .limit(50)
                    .toList();
            await().until(() -> questions.get() == 1);
            answer.countDown();

            for (Future<Integer> each : answers) {
                assertThat(each.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void asksAgainWhenTheCallingThreadWasInterrupted() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Thread interrupted = Thread.ofPlatform().start(() -> {
            try {
                memo.get("a", _ -> {
                    questions.incrementAndGet();
                    join(never);
                    return 1;
                });
            } catch (InterruptException e) {
                Thread.interrupted();
            }
        });
        await().until(() -> questions.get() == 1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> other = threads.submit(() -> memo.get("a", _ -> 2));
            interrupted.interrupt();

            assertThat(other.get()).isEqualTo(2);
        }
        interrupted.join();
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
