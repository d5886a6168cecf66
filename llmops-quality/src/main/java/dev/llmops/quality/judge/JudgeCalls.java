package dev.llmops.quality.judge;

import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;

/**
 * Starts the calls of a judge, which carry the purpose {@value #PURPOSE}: they have a cost and spans of their own, and are
 * no part of the product's quality and objectives.
 *
 * @since 0.1.0
 */
public final class JudgeCalls {

    /** The purpose of a judge's calls. */
    public static final String PURPOSE = "judge";

    private final LlmOps llmops;

    /**
     * Creates a source of calls.
     *
     * @param llmops observes the calls
     */
    public JudgeCalls(LlmOps llmops) {
        this.llmops = llmops;
    }

    /**
     * Describes a call of the judge that is about to start.
     *
     * @param provider who is asked
     * @param model the model that is asked for
     * @return a builder that starts it
     */
    public LlmCallBuilder call(String provider, String model) {
        return llmops.call(Operation.CHAT, provider, model).purpose(PURPOSE);
    }
}
