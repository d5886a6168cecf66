package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a model that hold together: for a time, under conditions, since they became known.
 *
 * <p>An entry is never changed. A new price is a new entry that begins later; a price that was wrong from the start is
 * put right by an entry that {@linkplain #corrects() names} it, so that what was known when stays readable.
 *
 * @param id names the entry for ever; price ids begin with it
 * @param from when the prices begin to hold, or null for always
 * @param until when they cease to hold, or null if they do so when the next entry begins
 * @param recorded when the book learned of them, or null for from the beginning
 * @param corrects the id of an entry that this one replaces, or null
 * @param when the conditions under which they hold
 * @param rates the price of each kind of usage
 * @param source where the prices were read, or null
 * @since 0.1.0
 */
public record PriceEntry(
        String id,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Instant recorded,
        @Nullable String corrects,
        Conditions when,
        Map<UsageKind, Rate> rates,
        @Nullable String source) {

    /** Copies the rates. */
    public PriceEntry {
        Map<UsageKind, Rate> copy = new TreeMap<>();
        copy.putAll(rates);
        rates = Collections.unmodifiableMap(copy);
    }

    /**
     * Prices that always held.
     *
     * @param id the entry's id
     * @param rates the price of each kind of usage
     * @return the entry
     */
    public static PriceEntry always(String id, Map<UsageKind, Rate> rates) {
        return new PriceEntry(id, null, null, null, null, Conditions.NONE, rates, null);
    }

    /**
     * The same prices under conditions.
     *
     * @param conditions the conditions
     * @return a copy with them
     */
    public PriceEntry when(Conditions conditions) {
        return new PriceEntry(id, from, until, recorded, corrects, conditions, rates, source);
    }

    /** Inclusive start on the time axis. */
    Instant start() {
        return from == null ? Instant.MIN : from;
    }

    boolean isKnownAt(@Nullable Instant moment) {
        return moment == null || recorded == null || !recorded.isAfter(moment);
    }

    /** The same under another id. */
    PriceEntry renamed(UnaryOperator<String> name) {
        String corrected = corrects == null ? null : name.apply(corrects);
        return new PriceEntry(name.apply(id), from, until, recorded, corrected, when, rates, source);
    }
}
