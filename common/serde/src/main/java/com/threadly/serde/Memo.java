package com.threadly.serde;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Caches results forever and failures never. Concurrent requests for the same key share one call; unlike with {@code
 * computeIfAbsent}, a slow call does not delay other keys.
 */
final class Memo<K, V> {

    private final ConcurrentMap<K, CompletableFuture<V>> answers = new ConcurrentHashMap<>();

    V get(K key, Function<? super K, ? extends V> question) {
        while (true) {
            CompletableFuture<V> known = answers.get(key);
            try {
                return known == null ? askOrAwait(key, question) : await(known);
            } catch (OtherInterrupted e) {
                // The thread that made the call was interrupted; this one was not.
            }
        }
    }

    private V askOrAwait(K key, Function<? super K, ? extends V> question) throws OtherInterrupted {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> others = answers.putIfAbsent(key, mine);
        return others == null ? ask(key, question, mine) : await(others);
    }

    private V ask(K key, Function<? super K, ? extends V> question, CompletableFuture<V> mine) {
        try {
            V answer = question.apply(key);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            answers.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static <V> V await(CompletableFuture<V> answer) throws OtherInterrupted {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof InterruptException) {
                throw new OtherInterrupted();
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static final class OtherInterrupted extends Exception {}
}
