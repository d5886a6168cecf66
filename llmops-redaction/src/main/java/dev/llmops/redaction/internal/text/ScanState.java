package dev.llmops.redaction.internal.text;

/**
 * The text of one scan, the matches so far and what detectors share: context words, digit groups and the ends of runs.
 * Not thread-safe.
 *
 * <p>A detector is given a bounded window, or asks for the end of a run that is remembered ({@link #runEnd}): no stretch
 * of text is read again from each of its characters.
 */
public final class ScanState {

    private static final int RUN_SLOTS_LOG2 = 4;

    public final Source source;
    public final int length;
    public final MatchSpans found = new MatchSpans();
    public final KeywordContext context;
    public final DigitGroups groups;
    /** The run of letters that was read last. */
    public int wordStart;

    public int wordEnd;
    private final int[] runClasses = new int[1 << RUN_SLOTS_LOG2];
    private final int[] runStarts = new int[1 << RUN_SLOTS_LOG2];
    private final int[] runEnds = new int[1 << RUN_SLOTS_LOG2];

    public ScanState(Source source) {
        this.source = source;
        this.length = source.length;
        this.context = new KeywordContext(source, found);
        this.groups = new DigitGroups(source);
    }

    /** Returns true if a letter or digit touches the index from the left that is not part of a match already. */
    public boolean gluedBefore(int index) {
        return index != found.lastEnd() && source.gluedBefore(index);
    }

    /** Adds a match and returns its end. */
    public int report(String type, int start, int end) {
        found.add(type, start, end);
        return end;
    }

    /**
     * Returns the end of the maximal run of a class from the index on. The last run of each class is remembered:
     * candidates that start inside one run share one walk over it.
     */
    public int runEnd(int bits, int index) {
        int slot = (bits * 0x9E3779B1) >>> (32 - RUN_SLOTS_LOG2);
        if (runClasses[slot] != bits || index < runStarts[slot] || index > runEnds[slot]) {
            runClasses[slot] = bits;
            runStarts[slot] = index;
            runEnds[slot] = source.skip(index, bits, length);
        }
        return runEnds[slot];
    }
}
