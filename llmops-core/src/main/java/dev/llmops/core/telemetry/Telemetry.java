package dev.llmops.core.telemetry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's own counters, so that nothing is lost silently: one family of counters per {@link Kind}, each
 * by the place where it happened. Thread-safe; counting neither blocks nor throws.
 *
 * @since 0.1.0
 */
public final class Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger("llmops");

    /** The family of a counter. */
    public enum Kind {
        /** A listener, enricher or probe failed. */
        FAILURES,
        /** Data was dropped, because a bound was reached or it could not be used. */
        DROPPED,
        /** An ending came after the call had ended. */
        LATE_ENDINGS,
        /** A label value was replaced by {@code other}. */
        LABEL_OVERFLOW
    }

    private final Map<Kind, Map<String, LongAdder>> counters = Map.of(
            Kind.FAILURES, new ConcurrentHashMap<>(),
            Kind.DROPPED, new ConcurrentHashMap<>(),
            Kind.LATE_ENDINGS, new ConcurrentHashMap<>(),
            Kind.LABEL_OVERFLOW, new ConcurrentHashMap<>());
    private final List<BiConsumer<Kind, String>> watchers = new CopyOnWriteArrayList<>();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** Creates counters at zero. */
    public Telemetry() {}

    /**
     * Counts something.
     *
     * @param kind what happened
     * @param where the place, a fixed word of low cardinality
     */
    public void count(Kind kind, String where) {
        LongAdder counter = counters(kind).get(where);
        if (counter == null) {
            counter = counters(kind).computeIfAbsent(where, w -> new LongAdder());
            tellWatchers(kind, where);
        }
        counter.increment();
    }

    private void tellWatchers(Kind kind, String where) {
        for (BiConsumer<Kind, String> watcher : watchers) {
            try {
                watcher.accept(kind, where);
            } catch (RuntimeException e) {
                failure("telemetry_watcher", e, "a watcher of the telemetry must not throw");
            }
        }
    }

    /**
     * Passes every counter to a watcher, existing ones at once and new ones when they appear, so that a metrics library can show them all.
     *
     * @param watcher takes the kind and the place; may get a counter several times, on any thread, and must not throw
     */
    public void watch(BiConsumer<Kind, String> watcher) {
        watchers.add(watcher);
        counters.forEach((kind, byPlace) -> byPlace.keySet().forEach(where -> watcher.accept(kind, where)));
    }

    /**
     * Counts a failure, and logs the first one at each place with what to do about it.
     *
     * @param where the place, a fixed word of low cardinality
     * @param cause what was thrown; only its class is logged, since messages may quote content
     * @param remedy what to do about it
     */
    public void failure(String where, Throwable cause, String remedy) {
        count(Kind.FAILURES, where);
        if (logged.add(where)) {
            log(where, cause, remedy);
        }
    }

    /** A logging back end that throws must not break the call. */
    private void log(String where, Throwable cause, String remedy) {
        try {
            LOG.warn(
                    "{} failed with {} at {}; {}. Further failures here are counted, not logged.",
                    where,
                    cause.getClass().getName(),
                    origin(cause),
                    remedy);
        } catch (RuntimeException e) {
            count(Kind.FAILURES, "logger");
        }
    }

    private static String origin(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    /**
     * Reads a counter.
     *
     * @param kind what happened
     * @param where the place
     * @return how often, 0 when never
     */
    public long value(Kind kind, String where) {
        LongAdder counter = counters(kind).get(where);
        return counter == null ? 0 : counter.sum();
    }

    /**
     * Reads all counters of a kind.
     *
     * @param kind what happened
     * @return how often, by place, sorted
     */
    public Map<String, Long> values(Kind kind) {
        Map<String, Long> values = new TreeMap<>();
        counters(kind).forEach((where, counter) -> values.put(where, counter.sum()));
        return values;
    }

    private Map<String, LongAdder> counters(Kind kind) {
        Map<String, LongAdder> byPlace = counters.get(kind);
        if (byPlace == null) {
            throw new IllegalStateException("no counters for " + kind);
        }
        return byPlace;
    }
}
