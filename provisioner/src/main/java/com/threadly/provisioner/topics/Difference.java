package com.threadly.provisioner.topics;

import java.util.Locale;

/** One way in which a cluster is not as the catalogue says. Its text is for an operator. */
sealed interface Difference {

    /** The topic that it is about. */
    String topic();

    /** What {@code topics apply} does with it. */
    Remedy remedy();

    /** Who mends a difference. */
    enum Remedy {
        /** Loses nothing. */
        APPLY,
        /** Removes records: applied only when that is allowed. */
        APPLY_WITH_LOSS,
        /** A person's decision. */
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

    /** Never mended here: more partitions send a key elsewhere, and fewer are impossible. */
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

    /** Somebody else's, or once ours. */
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
