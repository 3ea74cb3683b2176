package com.threadly.provisioner.topics;

import java.util.Locale;

/** One way in which a cluster differs from the catalogue. Its text is for an operator. */
sealed interface Difference {

    String topic();

    /** How {@code topics apply} handles it. */
    Remedy remedy();

    /** Who fixes a difference. */
    enum Remedy {
        /** Applied: loses nothing. */
        APPLY,
        /** Removes records: applied only if allowed. */
        APPLY_WITH_LOSS,
        /** Left to a person. */
        PERSON,
        /** Nothing is wrong. */
        NONE
    }

    record Missing(TopicSpec wanted) implements Difference {

        @Override
        public String topic() {
            return wanted.name();
        }

        @Override
        public Remedy remedy() {
            return Remedy.APPLY;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "missing: %s (%d partitions)", topic(), wanted.partitions());
        }
    }

    /**
     * A setting with another value.
     *
     * @param losing whether the wanted value makes the cluster remove records that it keeps now
     */
    record Setting(String topic, String name, String actual, String wanted, boolean losing) implements Difference {

        @Override
        public Remedy remedy() {
            return losing ? Remedy.APPLY_WITH_LOSS : Remedy.APPLY;
        }

        @Override
        public String toString() {
            return "different: %s has %s=%s, not %s%s"
                    .formatted(topic, name, actual, wanted, losing ? ", which would remove records" : "");
        }
    }

    /** Never fixed here: more partitions would move keys, and fewer are impossible. */
    record Partitions(String topic, int actual, int wanted) implements Difference {

        @Override
        public Remedy remedy() {
            return Remedy.PERSON;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "different: %s has %d partitions, not %d; keys would move, so that is left to you",
                    topic,
                    actual,
                    wanted);
        }
    }

    /** Someone else's, or one that we used to have. */
    record Extra(String topic) implements Difference {

        @Override
        public Remedy remedy() {
            return Remedy.NONE;
        }

        @Override
        public String toString() {
            return "extra: %s is not in the catalogue, and is left alone".formatted(topic);
        }
    }
}
