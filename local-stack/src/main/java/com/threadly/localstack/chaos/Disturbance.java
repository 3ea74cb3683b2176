package com.threadly.localstack.chaos;

import com.threadly.localstack.Links;
import com.threadly.localstack.Worker;

/** Something that goes wrong for a while. */
sealed interface Disturbance {

    /** What it disturbs: one part has one disturbance at a time. */
    String part();

    /** What happens to a process. */
    enum Harm {
        /** SIGKILL, and started again at the end. */
        KILL,
        /** SIGSTOP, and SIGCONT at the end. */
        FREEZE,
        /** SIGTERM, and started again at the end. */
        RESTART;

        private String words() {
            return switch (this) {
                case KILL -> "kill";
                case FREEZE -> "freeze";
                case RESTART -> "stop and start";
            };
        }
    }

    /** {@code number} counts the processes of a worker from 1. */
    record OfWorker(Worker worker, int number, Harm harm) implements Disturbance {
        @Override
        public String part() {
            return worker.id() + " " + number;
        }

        @Override
        public String toString() {
            return harm.words() + " " + part();
        }
    }

    /** {@code number} counts brokers from 1. Of three, one is disturbed at a time: two are needed. */
    record OfBroker(int number, Harm harm) implements Disturbance {
        @Override
        public String part() {
            return "brokers";
        }

        @Override
        public String toString() {
            return harm.words() + " broker " + number;
        }
    }

    /** PostgreSQL is stopped, and started again at the end. */
    record OfDatabase() implements Disturbance {
        @Override
        public String part() {
            return "PostgreSQL";
        }

        @Override
        public String toString() {
            return "stop PostgreSQL";
        }
    }

    /** The schema registry is killed, and started again at the end. */
    record OfRegistry() implements Disturbance {
        @Override
        public String part() {
            return "the registry";
        }

        @Override
        public String toString() {
            return "kill the registry";
        }
    }

    /** What happens to the connections from all workers to one server. */
    enum LinkHarm {
        CUT,
        STALL,
        SLOW;

        private String words() {
            return switch (this) {
                case CUT -> "cut workers off from ";
                case STALL -> "stall connections of workers to ";
                case SLOW -> "slow connections of workers to ";
            };
        }
    }

    record OfLink(Links.Link link, LinkHarm harm) implements Disturbance {
        @Override
        public String part() {
            return "the link to " + link;
        }

        @Override
        public String toString() {
            return harm.words() + link;
        }
    }

    /** How Pusher answers. */
    enum Answers {
        ERROR("500"),
        TOO_MANY("429"),
        HTML("502 with a proxy's page"),
        HALF("half"),
        /** It has delivered, and workers hear of it only after they have given up. */
        LATE("late, after it has delivered"),
        /** It has delivered. */
        LOST("500, after it has delivered");

        private final String words;

        Answers(String words) {
            this.words = words;
        }
    }

    record OfPusher(Answers answers) implements Disturbance {
        @Override
        public String part() {
            return "Pusher";
        }

        @Override
        public String toString() {
            return "Pusher answers " + answers.words;
        }
    }
}
