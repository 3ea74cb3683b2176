package com.threadly.serde;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Remembers answers for ever, failures never. Threads that want the same key at the same time share one question;
 * unlike {@code computeIfAbsent} a slow answer holds up no other key.
 */
final class Memo<K, V> {

    private final ConcurrentMap<K, CompletableFuture<V>> answers = new ConcurrentHashMap<>();

    V get(K key, Function<? super K, ? extends V> question) {
        while (true) {
            CompletableFuture<V> known = answers.get(key);
            try {
                return known == null ? askOrAwait(key, question) : await(known);
            } catch (OtherInterrupted e) {
                // Whoever asked was told to stop; this thread was not.
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
