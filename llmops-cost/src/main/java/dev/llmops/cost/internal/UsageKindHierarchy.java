package dev.llmops.cost.internal;

import dev.llmops.core.record.UsageKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The hierarchy of usage kinds: their order, and the prices that a set of priced kinds lacks to be unambiguous.
 *
 * <p>See docs/decisions/cost.md#prices-live-on-a-hierarchy-of-usage-kinds.
 */
public final class UsageKindHierarchy {

    private UsageKindHierarchy() {}

    /** The kinds ordered so that every part comes before its wholes. */
    public static List<UsageKind> mostSpecificFirst(Collection<UsageKind> kinds) {
        List<UsageKind> ordered = new ArrayList<>(kinds);
        ordered.sort(Comparator.<UsageKind>comparingLong(
                        kind -> -kinds.stream().filter(kind::isPartOf).count())
                .thenComparing(Comparator.naturalOrder()));
        return ordered;
    }

    /**
     * Kinds without which a price of {@code priced} is ambiguous: who prices a part prices its wholes, or tokens would
     * be billed that were never counted. Each missing whole comes with a priced part of it.
     */
    public static Map<UsageKind, UsageKind> missingWholes(Set<UsageKind> priced) {
        Map<UsageKind, UsageKind> missing = new TreeMap<>();
        for (UsageKind part : priced) {
            for (UsageKind whole : UsageKind.values()) {
                if (part.isPartOf(whole) && isRequiredWhole(whole) && !priced.contains(whole)) {
                    missing.putIfAbsent(whole, part);
                }
            }
        }
        return missing;
    }

    /** Overlaps of priced kinds that have no price themselves, each with the two kinds that overlap. */
    public static Map<UsageKind, List<UsageKind>> missingOverlaps(Set<UsageKind> priced) {
        Map<UsageKind, List<UsageKind>> missing = new TreeMap<>();
        for (UsageKind a : priced) {
            for (UsageKind b : priced) {
                UsageKind both = a.compareTo(b) < 0 ? a.overlapWith(b) : null;
                if (both != null && !priced.contains(both)) {
                    missing.putIfAbsent(both, List.of(a, b));
                }
            }
        }
        return missing;
    }

    /**
     * Adds a value for every missing overlap until none is missing. {@code choose} gets the two overlapping values, that
     * of the kind with a token type (cached, from a tool, reasoning) first.
     */
    public static <V> Map<UsageKind, V> withOverlaps(Map<UsageKind, V> priced, BinaryOperator<V> choose) {
        Map<UsageKind, V> complete = new TreeMap<>(priced);
        Map<UsageKind, List<UsageKind>> missing = missingOverlaps(complete.keySet());
        while (!missing.isEmpty()) {
            missing.forEach((overlap, pair) -> {
                UsageKind a = pair.get(0);
                UsageKind b = pair.get(1);
                UsageKind first = a.hasTokenType() ? a : b;
                UsageKind second = a.hasTokenType() ? b : a;
                complete.put(overlap, choose.apply(complete.get(first), complete.get(second)));
            });
            missing = missingOverlaps(complete.keySet());
        }
        return complete;
    }

    /** Seconds of audio need no price for audio in general; tokens and cache writes have totals. */
    private static boolean isRequiredWhole(UsageKind whole) {
        return whole.family() == UsageKind.Family.TOKENS || whole.family() == UsageKind.Family.DOCUMENT_PAGES;
    }
}
