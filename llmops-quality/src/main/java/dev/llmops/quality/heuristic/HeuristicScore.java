package dev.llmops.quality.heuristic;

/**
 * Heuristic figures of an answer. They describe its surface, and say nothing about its truth.
 *
 * @param uncertaintyPhrases the number of phrases such as "I think" and "可能"
 * @param overPreciseFigures the number of figures with more digits than anyone can know, such as 73.482 %
 * @param toxicWords the number of insults and slurs
 * @param lengthChars the length in characters
 * @param codeBlocks the number of fenced blocks of code
 * @param links the number of links
 * @param score 1 less what the figures take off, in 0..1
 */
record HeuristicScore(
        int uncertaintyPhrases,
        int overPreciseFigures,
        int toxicWords,
        int lengthChars,
        int codeBlocks,
        int links,
        double score) {

    /** The score under which an answer counts as of low quality. */
    static final double LOW_UNDER = 0.6;

    /**
     * Returns true if the answer is of low quality, by this heuristic.
     *
     * @return true under {@value #LOW_UNDER}
     */
    boolean isLow() {
        return score < LOW_UNDER;
    }
}
