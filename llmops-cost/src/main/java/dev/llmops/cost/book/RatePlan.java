package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.UsageCounts;
import dev.llmops.cost.internal.UsageKindHierarchy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one moment, prepared to split a usage into its billed parts.
 *
 * <p>Every token is billed once. The part of kind U that is billed at U's own price is
 * {@code leaf(U) = usage(U) − Σ leaf(V)} over the priced kinds V that are strict parts of U, so kinds are visited most
 * specific first, and what has no price of its own is billed with the whole it belongs to. The two token totals are
 * always visited: what is left over for an unpriced total is unpriced.
 *
 * <p>The prices of one unit are also held as whole numbers of one power of ten, where they all are such numbers that fit
 * a {@code long}: then the money of a call is integer arithmetic, exact or detected to overflow.
 *
 * <p>See docs/decisions/cost.md#prices-of-one-unit-are-scaled-to-whole-numbers-when-an-entry-is-compiled.
 */
final class RatePlan {

    /** No common power of ten: money is computed in {@link java.math.BigDecimal} only. */
    static final int NO_SCALE = -1;

    private static final int MAX_SCALE = 18;

    private final Item[] items;
    private final int[][] overlaps;
    private final int scale;

    private RatePlan(List<UsageKind> ordered, Map<UsageKind, List<Slice>> prices) {
        this.scale = commonScale(prices.values());
        this.items = new Item[ordered.size()];
        for (int i = 0; i < items.length; i++) {
            UsageKind kind = ordered.get(i);
            int[] parts = IntStream.range(0, items.length)
                    .filter(j -> ordered.get(j).isPartOf(kind))
                    .toArray();
            items[i] = new Item(kind, parts, prices.getOrDefault(kind, List.of()), scale);
        }
        this.overlaps = overlaps(ordered);
    }

    /** Prepares the prices of kinds; those of all overlaps must be among them. */
    static RatePlan of(Map<UsageKind, List<Slice>> prices) {
        Set<UsageKind> visited = new TreeSet<>(prices.keySet());
        visited.add(UsageKind.INPUT_TOKENS);
        visited.add(UsageKind.OUTPUT_TOKENS);
        return new RatePlan(UsageKindHierarchy.mostSpecificFirst(visited), prices);
    }

    private static int[][] overlaps(List<UsageKind> ordered) {
        List<int[]> triples = new ArrayList<>();
        for (int b = 0; b < ordered.size(); b++) {
            for (int a = 0; a < b; a++) {
                UsageKind both = ordered.get(a).overlapWith(ordered.get(b));
                if (both != null && ordered.contains(both)) {
                    triples.add(new int[] {a, b, ordered.indexOf(both)});
                }
            }
        }
        return triples.toArray(int[][]::new);
    }

    private static int commonScale(Collection<List<Slice>> prices) {
        int scale = 0;
        for (List<Slice> slices : prices) {
            for (Slice slice : slices) {
                if (slice.price.perCount == null || slice.price.perCount.scale() > MAX_SCALE) {
                    return NO_SCALE;
                }
                scale = Math.max(scale, slice.price.perCount.scale());
            }
        }
        int common = scale;
        boolean fits = prices.stream()
                .flatMap(List::stream)
                .allMatch(slice -> slice.price.scaled(common).bitLength() < Long.SIZE);
        return fits ? scale : NO_SCALE;
    }

    int size() {
        return items.length;
    }

    /** The items, most specific kind first. */
    Item item(int index) {
        return items[index];
    }

    UsageKind kind(int index) {
        return items[index].kind;
    }

    /** Triples (a, b, overlap of a and b) of indexes of items. */
    int[][] overlaps() {
        return overlaps;
    }

    /** The power of ten of {@link Item#scaled(int)}, or {@link #NO_SCALE}. */
    int scale() {
        return scale;
    }

    /** Returns true if what is reported of this kind is billed somewhere in this plan, or found unpriced by it. */
    boolean covers(UsageKind kind) {
        for (Item item : items) {
            if (item.kind.equals(kind)) {
                return true;
            }
        }
        for (Item item : items) {
            if (kind.isPartOf(item.kind)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Splits a usage into its billed parts.
     *
     * @return what of each kind is billed at that kind's own price, or null if the counts contradict each other or leave
     *     an overlap open
     */
    long @Nullable [] leaves(UsageCounts counts) {
        long[] leaves = new long[items.length];
        for (int i = 0; i < leaves.length; i++) {
            long leaf = Math.max(0, counts.count(items[i].kind));
            for (int part : items[i].parts) {
                leaf -= leaves[part];
            }
            if (leaf < 0) {
                return null;
            }
            leaves[i] = leaf;
        }
        for (int[] overlap : overlaps) {
            if (isOpen(overlap, counts)) {
                return null;
            }
        }
        return leaves;
    }

    /** Returns true if both kinds were used and their overlap was not reported. */
    boolean isOpen(int[] overlap, UsageCounts counts) {
        return counts.count(items[overlap[2]].kind) < 0
                && counts.count(items[overlap[0]].kind) > 0
                && counts.count(items[overlap[1]].kind) > 0;
    }

    /** A price from some unit of the quantity on; a price that is not graduated has one slice, from unit 1. */
    record Slice(long firstUnit, UnitPrice price) {}

    /** A kind, what of it is counted elsewhere too, and its prices. */
    static final class Item {
        private final UsageKind kind;
        private final int[] parts;
        private final Slice[] slices;
        private final long[] scaled;

        private Item(UsageKind kind, int[] parts, List<Slice> slices, int scale) {
            this.kind = kind;
            this.parts = parts;
            this.slices = slices.toArray(Slice[]::new);
            this.scaled = new long[scale == NO_SCALE ? 0 : slices.size()];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = slices.get(i).price.scaled(scale).longValueExact();
            }
        }

        UsageKind kind() {
            return kind;
        }

        /** Indexes of the items that are parts of this one. */
        int[] parts() {
            return parts;
        }

        boolean isPriced() {
            return slices.length > 0;
        }

        /** The number of slices of the quantity that have a price of their own; 0 if this total has no price. */
        int slices() {
            return slices.length;
        }

        UnitPrice price(int slice) {
            return slices[slice].price;
        }

        /** Returns the number of billed units that fall into a slice. */
        long quantity(int slice, long leaf) {
            long last = slice + 1 == slices.length ? leaf : Math.min(leaf, slices[slice + 1].firstUnit - 1);
            return Math.max(0, last - slices[slice].firstUnit + 1);
        }

        /** The money for a quantity in a slice, times ten to the plan's scale; negative if that overflows. */
        long scaledAmount(int slice, long quantity) {
            long product = quantity * scaled[slice];
            return Math.multiplyHigh(quantity, scaled[slice]) == 0 ? product : -1;
        }
    }
}
