package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A factor on prices, applied after the price has been chosen. All adjustments whose conditions hold are multiplied.
 *
 * @param id names the adjustment; it becomes a part of the price id
 * @param from when it begins to hold, or null for always
 * @param until when it ceases to hold, or null for never
 * @param when the conditions under which it holds
 * @param inputFrom the number of input tokens, cached ones included, from which it holds; 0 for any
 * @param factor the factor, such as 1.1 for ten per cent more
 * @param sides the prices it applies to
 * @since 0.1.0
 */
public record Adjustment(
        String id,
        @Nullable Instant from,
        @Nullable Instant until,
        Conditions when,
        long inputFrom,
        BigDecimal factor,
        Set<Side> sides) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the factor is below 0 or no side is named
     */
    public Adjustment {
        if (factor.signum() < 0) {
            throw new IllegalArgumentException("factor is " + factor + " — 0 or more");
        }
        if (sides.isEmpty()) {
            throw new IllegalArgumentException("on is empty — input, output or other");
        }
        sides = Set.copyOf(sides);
    }

    /**
     * Returns an adjustment of every price, for prompts of any size.
     *
     * @param id names the adjustment
     * @param when the conditions under which it holds
     * @param factor the factor
     * @return the adjustment
     */
    public static Adjustment onAll(String id, Conditions when, BigDecimal factor) {
        return new Adjustment(id, null, null, when, 0, factor, EnumSet.allOf(Side.class));
    }

    /** Returns true between its first and its last moment, its conditions aside. */
    boolean holdsAt(Instant at) {
        return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
    }

    /**
     * Returns whether every price of a kind is adjusted at an instant, under no condition and from the first token on.
     *
     * @param kind the kind of usage
     * @param at the instant
     * @return true if it holds for every call
     */
    public boolean isAlways(UsageKind kind, Instant at) {
        return appliesTo(kind) && when.equals(Conditions.NONE) && inputFrom == 0 && holdsAt(at);
    }

    boolean appliesTo(UsageKind kind) {
        return sides.contains(Side.of(kind));
    }

    /**
     * The prices an adjustment applies to.
     *
     * @since 0.1.0
     */
    public enum Side {
        /** The input: everything sent to the model. */
        INPUT,
        /** The output: everything the model produces. */
        OUTPUT,
        /** Neither of the two: requests, searches. */
        OTHER;

        static Side of(UsageKind kind) {
            if (kind.isInput()) {
                return INPUT;
            }
            return kind.isOutput() ? OUTPUT : OTHER;
        }
    }
}
