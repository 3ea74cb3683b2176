package com.threadly.localstack.traffic;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names and texts of people, clothes and chats. */
final class Words {

    static final List<String> CATEGORIES =
            List.of("coats", "dresses", "knitwear", "denim", "shoes", "bags", "jewellery", "vintage");

    private static final List<String> FIRST_NAMES = List.of(
            "Clara", "Mateo", "Ingrid", "Youssef", "Noor", "Tomas", "Amélie", "Kenji", "Lucía", "Oskar", "Priya",
            "Emil", "Zofia", "Luca", "Freya", "Idris", "Maren", "Rafael", "Sanne", "Theo", "Wanda", "Joris", "Elif",
            "Nils");

    private static final List<String> LAST_NAMES = List.of(
            "Moreau",
            "Keller",
            "Lindqvist",
            "Haddad",
            "Rossi",
            "Novák",
            "Tanaka",
            "Ferreira",
            "Bakker",
            "Sharma",
            "Kowalska",
            "Yılmaz",
            "Nielsen",
            "Okafor",
            "Duarte",
            "Weber",
            "Janssen",
            "Castillo",
            "Virtanen",
            "Brandt");

    private static final List<String> CUTS = List.of(
            "Vintage",
            "Oversized",
            "Cropped",
            "Tailored",
            "Hand-knitted",
            "Reworked",
            "Nineties",
            "Limited-run",
            "Belted");

    private static final List<String> CLOTHS = List.of(
            "wool", "linen", "silk", "denim", "suede", "cashmere", "corduroy", "satin", "leather", "organic cotton");

    private static final List<String> GARMENTS = List.of(
            "trench coat",
            "midi dress",
            "cardigan",
            "straight jeans",
            "ankle boots",
            "shoulder bag",
            "blazer",
            "wrap skirt",
            "bomber jacket",
            "polo shirt",
            "slip dress",
            "waistcoat");

    private static final List<String> SIZES = List.of("XS", "S", "M", "L", "XL", "38", "40", "one size");

    private static final List<String> LINES = List.of(
            "Hi! Is this still available?",
            "Yes, it is. I can ship it tomorrow morning.",
            "Could you send a photo of the label?",
            "Would you take 10 less if I buy today?",
            "The sleeves are 61 cm from the shoulder seam.",
            "No stains, no pulls. I wore it twice.",
            "Does it run large? I am usually between S and M.",
            "It fits like a true M. The cut is a little relaxed.",
            "Great, I will take it!",
            "Packed and ready. The parcel leaves with the afternoon pick-up.",
            "Just placed the order, thank you!",
            "Is the lining silk as well?",
            "Could you hold it until Friday? Payday 🙈",
            "Sure, I can hold it until Friday evening.",
            "It arrived today. Even nicer than in the photos ❤️",
            "Happy to hear that! A review would make my day.",
            "Do you have the same one in navy?",
            "Only in camel and black, sorry.",
            "What is the inseam?",
            "78 cm, hemmed by a tailor.",
            "Can you combine shipping with the scarf I liked?",
            "Yes, I will make it one parcel.",
            "The tracking says it is in Lyon already.",
            "One button was replaced, you can see it in the last photo.");

    private static final List<String> REASONS =
            List.of("card_declined", "insufficient_funds", "expired_card", "authentication_required");

    private static final List<String> NEWS = List.of(
            "Free returns all weekend",
            "The autumn edit is live",
            "New: save a search and hear about every match",
            "Vintage week starts on Monday",
            "Sellers: no fee on your next three listings");

    private static final List<String> STATES = List.of(
            "Card payments are slower than usual", "All systems are back to normal",
            "Parcel tracking updates are delayed", "Planned maintenance tonight at 02:00 UTC");

    private Words() {}

    static String person(RandomGenerator random) {
        return any(FIRST_NAMES, random) + " " + any(LAST_NAMES, random);
    }

    static String product(RandomGenerator random) {
        return any(CUTS, random) + " " + any(CLOTHS, random) + " " + any(GARMENTS, random) + ", " + any(SIZES, random);
    }

    static String line(RandomGenerator random) {
        return any(LINES, random);
    }

    static String failureReason(RandomGenerator random) {
        return any(REASONS, random);
    }

    static String news(RandomGenerator random) {
        return any(NEWS, random);
    }

    static String state(RandomGenerator random) {
        return any(STATES, random);
    }

    static <T> T any(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
