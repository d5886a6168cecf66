package dev.llmops.cost.book;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The entries that hold at each instant, as known at one moment: the axis of valid time cut where anything
 * changes, and in each cut the entries with the most specific conditions first.
 */
final class Timeline {

    private final Instant[] starts;
    private final List<List<CompiledEntry>> entries;

    private Timeline(Instant[] starts, List<List<CompiledEntry>> entries) {
        this.starts = starts;
        this.entries = entries;
    }

    static Timeline of(List<PriceEntry> all, List<Adjustment> adjustments, @Nullable Instant knownAt) {
        List<Span> spans = spans(all, knownAt);
        TreeSet<Instant> cuts = new TreeSet<>(Set.of(Instant.MIN));
        spans.forEach(span -> {
            cuts.add(span.from);
            cuts.add(span.until);
        });
        List<CompiledEntry> compiled = spans.stream()
                .map(span -> new CompiledEntry(span.entry, adjustments))
                .toList();
        List<List<CompiledEntry>> holding = new ArrayList<>();
        for (Instant cut : cuts) {
            List<CompiledEntry> here = new ArrayList<>();
            for (int i = 0; i < spans.size(); i++) {
                if (spans.get(i).contains(cut)) {
                    here.add(compiled.get(i));
                }
            }
            here.sort(Comparator.comparingInt(
                    each -> -each.entry().when().dimensions().size()));
            holding.add(List.copyOf(here));
        }
        return new Timeline(cuts.toArray(Instant[]::new), holding);
    }

    /** The entries known at a moment and not corrected by then, each until the next one of its conditions begins. */
    static List<Span> spans(List<PriceEntry> all, @Nullable Instant knownAt) {
        List<PriceEntry> known =
                all.stream().filter(entry -> entry.isKnownAt(knownAt)).toList();
        Set<String> corrected = new HashSet<>();
        known.forEach(entry -> {
            if (entry.corrects() != null) {
                corrected.add(entry.corrects());
            }
        });
        List<PriceEntry> live =
                known.stream().filter(entry -> !corrected.contains(entry.id())).toList();
        return live.stream()
                .map(entry -> new Span(entry, entry.start(), endOf(entry, live)))
                .toList();
    }

    private static Instant endOf(PriceEntry entry, List<PriceEntry> live) {
        Instant next = live.stream()
                .filter(other ->
                        other.when().equals(entry.when()) && other.start().isAfter(entry.start()))
                .map(PriceEntry::start)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return entry.until() == null ? next : entry.until();
    }

    /** The most specific entry that holds for a call, or null. */
    @Nullable
    CompiledEntry select(PricingContext context) {
        for (CompiledEntry entry : at(context.at())) {
            if (entry.matches(context)) {
                return entry;
            }
        }
        return null;
    }

    /** The entries that hold at an instant under some conditions, the most specific ones first. */
    List<CompiledEntry> at(Instant instant) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle].isAfter(instant)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return entries.get(low);
    }

    /** The time over which an entry holds, as known at one moment. */
    record Span(PriceEntry entry, Instant from, Instant until) {
        boolean contains(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(until);
        }

        boolean overlaps(Span other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }
    }
}
