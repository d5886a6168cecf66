package dev.llmops.quality.heuristic;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.quality.Rate;
import dev.llmops.quality.ScoreSummary;
import java.util.Map;
import java.util.TreeMap;

/**
 * Summarises the heuristic figures of all answers by version set. Reads captured answers on the thread that ends the call,
 * in some ten microseconds for a page of text; to keep that off the callers' threads, run {@link HeuristicEvaluator} in a
 * judge instead. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HeuristicMonitor implements LlmListener {

    private static final int MAX_VERSION_SETS = 100;
    private static final String OTHER = "other";

    // Guarded by this monitor.
    private final Map<String, Summary> byVersionSet = new TreeMap<>();

    /**
     * Summary of answers.
     *
     * @param scores the scores
     * @param low the share of answers of low quality, by the heuristic
     * @param uncertain the share of answers with a phrase of uncertainty
     * @param overPrecise the share of answers with an over-precise figure
     * @param toxic the share of answers with a toxic word
     * @param withCode the share of answers with a block of code
     * @param withLinks the share of answers with a link
     * @param lengths the lengths in characters
     */
    public record Summary(
            ScoreSummary scores,
            Rate low,
            Rate uncertain,
            Rate overPrecise,
            Rate toxic,
            Rate withCode,
            Rate withLinks,
            ScoreSummary lengths) {

        static final Summary NONE = new Summary(
                ScoreSummary.NONE, Rate.NONE, Rate.NONE, Rate.NONE, Rate.NONE, Rate.NONE, Rate.NONE, ScoreSummary.NONE);

        Summary plus(HeuristicScore score) {
            return new Summary(
                    scores.plus(score.score()),
                    low.plus(one(score.isLow())),
                    uncertain.plus(one(score.uncertaintyPhrases() > 0)),
                    overPrecise.plus(one(score.overPreciseFigures() > 0)),
                    toxic.plus(one(score.toxicWords() > 0)),
                    withCode.plus(one(score.codeBlocks() > 0)),
                    withLinks.plus(one(score.links() > 0)),
                    lengths.plus(score.lengthChars()));
        }

        private static Rate one(boolean is) {
            return new Rate(is ? 1 : 0, 1);
        }
    }

    /** Creates a monitor that has seen nothing. */
    public HeuristicMonitor() {}

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        String answer = record.content().output();
        if (answer != null
                && record.outcome() == Outcome.COMPLETED
                && record.info().purpose() == null) {
            add(record.info().versionSet().id(), Heuristics.score(answer));
        }
    }

    private synchronized void add(String versionSet, HeuristicScore score) {
        String name =
                byVersionSet.containsKey(versionSet) || byVersionSet.size() < MAX_VERSION_SETS ? versionSet : OTHER;
        byVersionSet.merge(name, Summary.NONE.plus(score), (known, first) -> known.plus(score));
    }

    /**
     * Returns the summaries so far.
     *
     * @return by version set's id
     */
    public synchronized Map<String, Summary> summaries() {
        return Map.copyOf(byVersionSet);
    }
}
