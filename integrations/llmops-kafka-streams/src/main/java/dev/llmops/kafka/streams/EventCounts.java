package dev.llmops.kafka.streams;

import dev.llmops.slo.Counts;

/**
 * Good and bad events in millionths, so that averaged scores add up to the same number in any order. A score is rounded as
 * the engine of objectives rounds it.
 */
record EventCounts(long good, long bad) {

    static final EventCounts NONE = new EventCounts(0, 0);

    private static final long SCALE = 1_000_000;

    static EventCounts ofBadness(double badness) {
        long bad = Math.round(badness * SCALE);
        return new EventCounts(SCALE - bad, bad);
    }

    static EventCounts ofOne() {
        return new EventCounts(SCALE, 0);
    }

    EventCounts plus(EventCounts other) {
        return new EventCounts(good + other.good, bad + other.bad);
    }

    EventCounts minus(EventCounts other) {
        return new EventCounts(good - other.good, bad - other.bad);
    }

    Counts counts() {
        double badEvents = (double) bad / SCALE;
        return new Counts(badEvents, badEvents + (double) good / SCALE);
    }

    long events() {
        return (good + bad) / SCALE;
    }

    String write() {
        return good + " " + bad;
    }

    static EventCounts read(String text) {
        int space = text.indexOf(' ');
        return new EventCounts(Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
    }
}
