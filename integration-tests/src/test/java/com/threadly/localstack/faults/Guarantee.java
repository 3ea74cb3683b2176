package com.threadly.localstack.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A promise that an account is checked against. */
@FunctionalInterface
interface Guarantee {

    /** Where it was broken, in words; empty if it was kept. */
    List<String> broken(Account account);

    /** Everything sent was seen, and nothing else. */
    Guarantee NOTHING_LOST = account -> {
        var broken = new ArrayList<String>();
        var seen = new HashSet<>(account.seen());
        account.sent().stream()
                .filter(message -> !seen.contains(message))
                .forEach(message -> broken.add("lost " + message));
        seen.removeAll(new HashSet<>(account.sent()));
        seen.forEach(message -> broken.add("never sent " + message));
        return broken;
    };

    /** Of one conversation, nothing was seen for the first time after something sent later. Repeats do not count. */
    Guarantee IN_ORDER = account -> {
        var broken = new ArrayList<String>();
        Map<String, Integer> latest = new HashMap<>();
        for (Message message : new LinkedHashSet<>(account.seen())) {
            Integer before = latest.merge(message.conversation(), message.number(), Math::max);
            if (before > message.number()) {
                broken.add(String.format(Locale.ROOT, "%s came after number %d", message, before));
            }
        }
        return broken;
    };

    /** Nothing was seen twice. */
    Guarantee ONCE = account ->
            repeats(account).stream().map(message -> "twice " + message).toList();

    /** Nothing was seen twice but what {@code excused} holds: what a killed process had not committed. */
    static Guarantee repeatsOnly(Set<Message> excused) {
        return account -> repeats(account).stream()
                .filter(message -> !excused.contains(message))
                .map(message -> "twice, though committed " + message)
                .toList();
    }

    /** Besides what {@code excused} holds, no more was seen twice than {@code inFlight}. */
    static Guarantee repeatsAtMost(int inFlight, Set<Message> excused) {
        return account -> {
            List<Message> repeats = repeats(account).stream()
                    .filter(message -> !excused.contains(message))
                    .toList();
            return repeats.size() <= inFlight
                    ? List.of()
                    : List.of(String.format(
                            Locale.ROOT, "%d were seen twice, such as %s", repeats.size(), repeats.getFirst()));
        };
    }

    /** A conversation begins anew, at an earlier message, at most {@code times}: a process repeats in order, too. */
    static Guarantee rewindsAtMost(int times) {
        return account -> {
            Map<String, Integer> rewinds = new HashMap<>();
            Map<String, Integer> last = new HashMap<>();
            for (Message message : account.seen()) {
                Integer before = last.put(message.conversation(), message.number());
                if (before != null && before >= message.number()) {
                    rewinds.merge(message.conversation(), 1, Integer::sum);
                }
            }
            return rewinds.entrySet().stream()
                    .filter(entry -> entry.getValue() > times)
                    .map(entry ->
                            String.format(Locale.ROOT, "%s started again %d times", entry.getKey(), entry.getValue()))
                    .toList();
        };
    }

    static List<Message> repeats(Account account) {
        var once = new HashSet<Message>();
        return account.seen().stream().filter(message -> !once.add(message)).toList();
    }
}
