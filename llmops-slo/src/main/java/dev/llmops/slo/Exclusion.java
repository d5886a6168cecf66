package dev.llmops.slo;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A span of time whose events count for no budget and no burn rate: planned maintenance, or a correction afterwards of
 * time that was no fault of the service. It changes history, so that it says who decided it and why. Event rules, which
 * allow no event at all, know no exclusions.
 *
 * @param from the start, exclusive, a whole minute
 * @param to the end, inclusive, a whole minute
 * @param objectives the names of the objectives and composites it is for; empty for all
 * @param by who decided it
 * @param reason why
 * @since 0.1.0
 */
public record Exclusion(Instant from, Instant to, Set<String> objectives, String by, String reason) {

    private static final int MINUTE = 60;

    /** A snapshot has room for as many, in any script. */
    private static final int MAX_TEXT = 10_000;

    /**
     * Checks and copies the parts.
     *
     * @throws IllegalArgumentException if the span is empty or not in whole minutes, or no person or no reason is named, or in more than
     *     10,000 characters
     */
    public Exclusion {
        requireWholeMinute("from", from);
        requireWholeMinute("to", to);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("to is " + to + " — after from (" + from + ") — swap them");
        }
        requireText("by", by, "who decided it");
        requireText("reason", reason, "why this time does not count");
        objectives = Collections.unmodifiableSet(new TreeSet<>(objectives));
    }

    private static void requireWholeMinute(String property, Instant at) {
        if (at.getNano() != 0 || Math.floorMod(at.getEpochSecond(), MINUTE) != 0) {
            throw new IllegalArgumentException(
                    property + " is " + at + " — a whole minute such as 2026-11-28T20:00:00Z — round it");
        }
    }

    private static void requireText(String property, String text, String meaning) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(property + " is blank — " + meaning + " — write it down");
        }
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    property + " has " + text.length() + " characters — at most " + MAX_TEXT + " — shorten it");
        }
    }

    /**
     * An exclusion for all objectives.
     *
     * @param from the start, exclusive, a whole minute
     * @param to the end, inclusive, a whole minute
     * @param by who decided it
     * @param reason why
     * @return the exclusion
     */
    public static Exclusion ofAll(Instant from, Instant to, String by, String reason) {
        return new Exclusion(from, to, Set.of(), by, reason);
    }

    /**
     * Returns true if events of an objective are excluded.
     *
     * @param objective its name
     * @return true if it is named, or all are
     */
    public boolean appliesTo(String objective) {
        return objectives.isEmpty() || objectives.contains(objective);
    }

    /**
     * Selects the exclusions that matter to an objective.
     *
     * @param exclusions any exclusions
     * @param objective its name
     * @return those that apply to it, by their start
     */
    public static List<Exclusion> of(Collection<Exclusion> exclusions, String objective) {
        return exclusions.stream()
                .filter(exclusion -> exclusion.appliesTo(objective))
                .sorted(Comparator.comparing(Exclusion::from).thenComparing(Exclusion::to))
                .toList();
    }

    /**
     * Returns true if it lies within a span, at least in part.
     *
     * @param start the start of the span, exclusive
     * @param end its end, inclusive
     * @return true if some instant is in both
     */
    public boolean overlaps(Instant start, Instant end) {
        return from.isBefore(end) && to.isAfter(start);
    }

    @Override
    public String toString() {
        return from + " to " + to + " (" + by + ": " + reason + ")";
    }
}
