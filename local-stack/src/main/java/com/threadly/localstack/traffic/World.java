package com.threadly.localstack.traffic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * People, products and conversations, the most popular first. Worlds of different seeds share nothing but the live
 * scene.
 *
 * @param tag the part of every id that distinguishes this world from those of other seeds
 */
public record World(
        String tag,
        WorldSize size,
        List<Person> people,
        List<Product> products,
        List<Conversation> conversations,
        LiveScene scene) {

    public World {
        people = List.copyOf(people);
        products = List.copyOf(products);
        conversations = List.copyOf(conversations);
    }

    /** The world of {@code seed}. */
    public static World of(long seed, WorldSize size) {
        RandomGenerator random = new SplittableRandom(seed);
        String tag = Long.toString(random.nextLong(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        LiveScene scene = LiveScene.create();
        List<Person> people = IntStream.range(0, size.people())
                .mapToObj(n -> new Person("user-" + tag + "-" + n, Words.person(random)))
                .toList();
        Zipf popularity = new Zipf(people.size(), size.skew());
        List<Product> products = new ArrayList<>(List.of(scene.product()));
        for (int n = products.size(); n < size.products(); n++) {
            Person seller = people.get(popularity.next(random));
            products.add(new Product(
                    "item-" + tag + "-" + n,
                    Words.product(random),
                    Words.any(Words.CATEGORIES, random),
                    seller,
                    random.nextLong(900, 32_000)));
        }
        List<Conversation> conversations = IntStream.range(0, size.conversations())
                .mapToObj(n -> new Conversation("conv-" + tag + "-" + n, members(people, popularity, random)))
                .toList();
        return new World(tag, size, people, products, conversations, scene);
    }

    private static List<Person> members(List<Person> people, Zipf popularity, RandomGenerator random) {
        int wanted = random.nextInt(6) == 0 ? 3 : 2;
        Set<Person> members = new LinkedHashSet<>();
        while (members.size() < wanted) {
            members.add(people.get(popularity.next(random)));
        }
        return List.copyOf(members);
    }
}
