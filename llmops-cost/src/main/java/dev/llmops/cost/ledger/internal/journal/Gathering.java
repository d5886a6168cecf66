package dev.llmops.cost.ledger.internal.journal;

/**
 * The time for which the writer waits for callers before it begins a write. Callers whose receipts have just been given tend to come
 * back at once; a write that begins with the first of them leaves the others to wait for two fsyncs. So for a small part
 * of an fsync the writer waits until as many are there as were served last and had come meanwhile. Where they do not
 * come, it tries ever more rarely.
 *
 * <p>Used by the writing thread alone. See
 * docs/decisions/ledger.md#the-writer-waits-an-eighth-of-an-fsync-for-those-it-has-just-served.
 */
final class Gathering {

    /** A part of the last write's time. */
    private static final int PART = 8;

    private static final long LONGEST_NANOS = 5_000_000;
    private static final int MOST_SKIPPED = 256;

    private int expected;
    private long patienceNanos;
    private int skipped;
    private int toSkip;
    private int nextSkip = 1;

    /**
     * Remembers a write before its receipts are given.
     *
     * @param served how many entries it held
     * @param waiting how many entries have come meanwhile
     * @param nanos how long it took
     */
    void wrote(int served, int waiting, long nanos) {
        expected = served + waiting;
        patienceNanos = Math.min(nanos / PART, LONGEST_NANOS);
    }

    /** Returns how many entries to wait for, given those that are there. */
    int wanted(int present) {
        if (expected <= present) {
            return present;
        }
        if (skipped < toSkip) {
            skipped++;
            return present;
        }
        return expected;
    }

    long patienceNanos() {
        return patienceNanos;
    }

    /** Remembers whether they came. */
    void ended(boolean came) {
        skipped = 0;
        toSkip = came ? 0 : nextSkip;
        nextSkip = came ? 1 : Math.min(2 * nextSkip, MOST_SKIPPED);
    }
}
