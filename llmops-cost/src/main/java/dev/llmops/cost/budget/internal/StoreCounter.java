package dev.llmops.cost.budget.internal;

/**
 * A counter as a store sees it: keys and whole numbers, nothing of what they mean.
 *
 * @param key unique per budget, scope values and window start
 * @param shard the counters that one script may change together where counters are spread over a cluster
 * @param cellMillis which cell takes new spend
 * @param oldestCellMillis the first cell that still counts
 * @param ceilingNanos what spend and holds may reach, or {@link #NO_CEILING}
 * @param retainMillis how long from now the counter must be kept
 */
public record StoreCounter(
        String key, String shard, long cellMillis, long oldestCellMillis, long ceilingNanos, long retainMillis) {

    public static final long NO_CEILING = -1;

    public boolean hasRoomFor(long nanos, Level level) {
        return ceilingNanos == NO_CEILING || level.used() + nanos <= ceilingNanos;
    }
}
