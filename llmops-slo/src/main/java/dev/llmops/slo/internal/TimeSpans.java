package dev.llmops.slo.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Disjoint spans of time in ascending order, each open at its start and closed at its end. Immutable. */
public final class TimeSpans {

    /** No span at all. */
    public static final TimeSpans NONE = new TimeSpans(List.of());

    /**
     * A span.
     *
     * @param from its start, exclusive, in seconds since 1970
     * @param to its end, inclusive
     */
    public record Span(long from, long to) {

        public Instant end() {
            return Instant.ofEpochSecond(to);
        }

        public Duration length() {
            return Duration.ofSeconds(to - from);
        }
    }

    private final List<Span> spans;

    private TimeSpans(List<Span> spans) {
        this.spans = List.copyOf(spans);
    }

    /** Merges spans that overlap or touch. */
    public static <T> TimeSpans of(Collection<T> parts, Function<T, Instant> from, Function<T, Instant> to) {
        List<Span> merged = new ArrayList<>();
        parts.stream()
                .map(part -> new Span(
                        from.apply(part).getEpochSecond(), to.apply(part).getEpochSecond()))
                .sorted(Comparator.comparingLong(Span::from))
                .forEach(span -> append(merged, span));
        return merged.isEmpty() ? NONE : new TimeSpans(merged);
    }

    private static void append(List<Span> merged, Span span) {
        int last = merged.size() - 1;
        if (last >= 0 && span.from <= merged.get(last).to) {
            Span before = merged.get(last);
            merged.set(last, new Span(before.from, Math.max(before.to, span.to)));
        } else {
            merged.add(span);
        }
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    public boolean contains(long second) {
        for (Span span : spans) {
            if (second > span.from && second <= span.to) {
                return true;
            }
        }
        return false;
    }

    /** Returns true if one of the spans holds all of (from, to]. */
    public boolean covers(long from, long to) {
        for (Span span : spans) {
            if (span.from <= from && to <= span.to) {
                return true;
            }
        }
        return false;
    }

    public List<Span> all() {
        return spans;
    }

    /** Returns what lies in (from, to]. */
    public List<Span> within(long from, long to) {
        return spans.stream()
                .map(span -> new Span(Math.max(from, span.from), Math.min(to, span.to)))
                .filter(part -> part.from < part.to)
                .toList();
    }

    /** Returns how many seconds of (from, to] lie in the spans. */
    public long secondsWithin(long from, long to) {
        return within(from, to).stream().mapToLong(part -> part.to - part.from).sum();
    }
}
