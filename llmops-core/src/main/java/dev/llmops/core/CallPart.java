package dev.llmops.core;

import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call that one integration reports: the outermost one owns the call and ends it; one that joined ends its own
 * part alone. See docs/decisions/core.md#a-call-is-owned-by-the-outermost-integration-and-measured-by-the-innermost.
 */
abstract sealed class CallPart permits LlmCall {

    final CallState state;

    /** The number of integrations around this one. */
    private final int depth;

    private volatile boolean partEnded;

    CallPart(LlmCallBuilder builder) {
        this.state = builder.begin(this);
        this.depth = 0;
    }

    CallPart(CallPart outer) {
        this.state = outer.state;
        this.depth = outer.depth + 1;
    }

    boolean isOf(CallPipeline pipeline) {
        return state.pipeline == pipeline;
    }

    /** Returns true if no integration inside this one measures the call. */
    boolean isMeasured() {
        return state.isMeasuredAt(depth);
    }

    void measure(int contentTokens, boolean reasoning) {
        if (isMeasured()) {
            state.chunk(contentTokens, reasoning);
        }
    }

    void measure(int contentTokens, boolean reasoning, long atNanos) {
        if (isMeasured()) {
            state.chunk(contentTokens, reasoning, atNanos);
        }
    }

    /** Returns the key of usage that is added up over the parts of a call, or null for the owner's. */
    @Nullable
    CallPart joinedPart() {
        return depth == 0 ? null : this;
    }

    boolean hasEnded() {
        return partEnded || state.isEnded();
    }

    /** Returns why the last of the parts inside the owner's was rejected, if all were. */
    @Nullable
    CallError rejectionOfParts() {
        return depth == 0 ? state.rejection() : null;
    }

    static Outcome outcome(@Nullable CallError error) {
        if (error == null) {
            return Outcome.COMPLETED;
        }
        if (error.kind().equals(ErrorKind.CANCELLED)) {
            return Outcome.CANCELLED;
        }
        return error.kind().equals(ErrorKind.TIMEOUT) ? Outcome.TIMED_OUT : Outcome.FAILED;
    }

    static List<String> reasons(String @Nullable ... finishReasons) {
        return finishReasons == null
                ? List.of()
                : Truncation.cutAll(
                        Arrays.asList(finishReasons), CallState.MAX_LIST_ENTRIES, Truncation.MAX_NAME_LENGTH);
    }

    /** Ends the call; an ending that comes too late is counted. */
    void end(Outcome outcome, @Nullable CallError error, List<String> finishReasons) {
        if (!tryEnd(outcome, error, finishReasons) && depth == 0) {
            state.pipeline.telemetry.count(
                    Telemetry.Kind.LATE_ENDINGS, outcome.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Ends the call unless it has ended; a call that joined another ends its own part alone. */
    boolean tryEnd(Outcome outcome, @Nullable CallError error, List<String> finishReasons) {
        if (depth == 0) {
            return state.end(outcome, error, finishReasons);
        }
        for (int choice = 0; choice < finishReasons.size(); choice++) {
            state.finishReason(this, choice, finishReasons.get(choice));
        }
        boolean first = !partEnded;
        partEnded = true;
        if (first) {
            state.partEnded(outcome, error);
        }
        return first;
    }
}
