package dev.llmops.core;

import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call in flight. Report its chunks as they arrive, its usage, and exactly one ending.
 *
 * <pre>{@code
 * try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").user("u1").streaming(true).start()) {
 *     for (Chunk c : stream) {
 *         call.chunk(c.contentTokens());
 *     }
 *     call.usage(TokenUsage.inclusive(812, 333).cachedInput(512)).finish("stop");
 * }
 * }</pre>
 *
 * <p>The endings are {@link #finish}, {@link #cancel}, {@link #timeOut}, {@link #fail(Throwable)} and {@link #reject};
 * the first wins, later ones are counted under {@code llm.telemetry.late.endings}. {@link #close()} without an ending is
 * a cancel. A call without an ending is abandoned once it is unreachable or too old.
 *
 * <p>No method throws or blocks. All are thread-safe, except that only one thread at a time may report chunks; an ending
 * may come from any thread meanwhile. What comes after the end is dropped and counted.
 *
 * @since 0.1.0
 */
public final class LlmCall extends CallPart implements AutoCloseable {

    LlmCall(LlmCallBuilder builder) {
        super(builder);
    }

    LlmCall(LlmCall outer) {
        super(outer);
    }

    /**
     * Records a chunk of the answer. Costs one reading of the clock; allocates nothing but a few small arrays per call.
     *
     * @param contentTokens how many tokens of content it holds; 0 for a chunk without any, such as a role or a keep-alive
     */
    public void chunk(int contentTokens) {
        measure(contentTokens, false);
    }

    /**
     * Records a chunk that arrived earlier, for readers that hand chunks on late: a slow consumer of a queue or an iterator
     * would otherwise be mistaken for a slow model.
     *
     * @param contentTokens the number of content tokens in it, ≥ 0
     * @param atNanos its arrival by {@link LlmOps#ticker()}; a time before the previous chunk or the start counts as that
     */
    public void chunk(int contentTokens, long atNanos) {
        measure(contentTokens, false, atNanos);
    }

    /**
     * Records a chunk of the model's reasoning that arrived earlier.
     *
     * @param contentTokens the number of content tokens in it, ≥ 0
     * @param atNanos its arrival by {@link LlmOps#ticker()}
     */
    public void reasoningChunk(int contentTokens, long atNanos) {
        measure(contentTokens, true, atNanos);
    }

    /**
     * Records a chunk of the model's reasoning.
     *
     * @param contentTokens how many tokens it holds
     */
    public void reasoningChunk(int contentTokens) {
        measure(contentTokens, true);
    }

    /**
     * Sets the usage that the provider reports; the last report counts. Without one, usage is estimated from chunks.
     *
     * @param usage the usage
     * @return this call
     */
    public LlmCall usage(TokenUsage usage) {
        state.usage(this, usage);
        return this;
    }

    /**
     * Merges one of several usage reports, as Anthropic's {@code message_start} and {@code message_delta}: what the later
     * report knows replaces what the earlier one said.
     *
     * @param part the report
     * @return this call
     * @see TokenUsage#mergedWith
     */
    public LlmCall mergeUsage(TokenUsage part) {
        state.mergeUsage(this, part);
        return this;
    }

    /**
     * Records why the model stopped one of its choices. The record keeps it for every ending; a repeated reason
     * of the same choice is dropped.
     *
     * @param choice the choice's index, from 0; at most 256 choices are kept
     * @param reason the provider's word; empty if the provider sent an empty one
     * @return this call
     */
    public LlmCall finishReason(int choice, String reason) {
        state.finishReason(this, choice, reason);
        return this;
    }

    /**
     * Sets the model that answers, as the provider names it.
     *
     * @param model the name
     * @return this call
     */
    public LlmCall responseModel(String model) {
        state.responseModel(this, model);
        return this;
    }

    /**
     * Records the result of the application's response-cache lookup.
     *
     * @param result hit, miss or coalesced
     * @return this call
     */
    public LlmCall cache(CacheResult result) {
        state.cache(result);
        return this;
    }

    /**
     * Records a retry.
     *
     * @return this call
     */
    public LlmCall retry() {
        state.retry();
        return this;
    }

    /**
     * Sets the number of retries, for clients that retry by themselves and report the number afterwards.
     *
     * @param total the number of times the request was sent again; a negative one counts as 0
     * @return this call
     */
    public LlmCall retries(int total) {
        state.retries(total);
        return this;
    }

    /**
     * Records that the model declined to answer.
     *
     * @return this call
     */
    public LlmCall refusal() {
        state.refusal();
        return this;
    }

    /**
     * Adds a risk that was found.
     *
     * @param finding what was found
     * @return this call
     */
    public LlmCall risk(RiskFinding finding) {
        state.risk(finding);
        return this;
    }

    /**
     * Sets the prompt; ignored unless content is captured.
     *
     * @param text the prompt
     * @return this call
     */
    public LlmCall input(String text) {
        state.input(text);
        return this;
    }

    /**
     * Sets the answer; ignored unless content is captured.
     *
     * @param text the answer
     * @return this call
     */
    public LlmCall output(String text) {
        state.output(text);
        return this;
    }

    /**
     * Adds to a part of the answer as it arrives; ignored unless content is captured. Parts are joined by line breaks in the
     * order of their numbers. An answer that is {@linkplain #output set} as a whole replaces them.
     *
     * @param part the number of the part, such as the index of a choice or of a block; at most 256 parts are kept
     * @param text what has arrived of it; of all parts together 1,048,576 characters are kept
     * @return this call
     */
    public LlmCall outputPart(long part, String text) {
        state.outputPart(this, part, text);
        return this;
    }

    /**
     * Returns true if prompt and answer are kept, so that integrations need not collect them otherwise.
     *
     * @return true if {@link #input} and {@link #output} have an effect
     */
    public boolean capturesContent() {
        return state.pipeline.contentPolicy.capturesContent();
    }

    /**
     * Adds an attribute of the application's own; at most 64 are kept.
     *
     * @param name the attribute's name
     * @param value text; cut after 1,024 characters
     * @return this call
     */
    public LlmCall attribute(String name, String value) {
        state.attribute(name, Truncation.cutOrNull(value, CallState.MAX_ATTRIBUTE_LENGTH));
        return this;
    }

    /**
     * Adds an attribute of the application's own; at most 64 are kept.
     *
     * @param name the attribute's name
     * @param value a whole number
     * @return this call
     */
    public LlmCall attribute(String name, long value) {
        state.attribute(name, value);
        return this;
    }

    /**
     * Adds an attribute of the application's own; at most 64 are kept.
     *
     * @param name the attribute's name
     * @param value a number
     * @return this call
     */
    public LlmCall attribute(String name, double value) {
        state.attribute(name, value);
        return this;
    }

    /**
     * Adds an attribute of the application's own; at most 64 are kept.
     *
     * @param name the attribute's name
     * @param value true or false
     * @return this call
     */
    public LlmCall attribute(String name, boolean value) {
        state.attribute(name, value);
        return this;
    }

    /**
     * Adds an attribute of the application's own, such as the stop sequences of a request; at most 64 are kept.
     *
     * @param name the attribute's name
     * @param values texts; the first 256 are kept, each cut after 256 characters
     * @return this call
     */
    public LlmCall attribute(String name, List<String> values) {
        state.attributeList(name, values);
        return this;
    }

    /**
     * Starts a named phase, such as {@code queue} or {@code retrieval}. Phases may nest; at most 256 are kept.
     *
     * @param name the phase's name, of low cardinality
     * @return the phase; close it to end it
     */
    public Phase phase(String name) {
        return new Phase(state.openPhase(name));
    }

    /**
     * Records a phase that ends now and began earlier, for sources that report a phase at its end only.
     *
     * @param name the phase's name, of low cardinality
     * @param startNanos its start by {@link LlmOps#ticker()}; a time before the start of the call counts as that
     * @return this call
     */
    public LlmCall pastPhase(String name, long startNanos) {
        state.pastPhase(name, startNanos);
        return this;
    }

    /**
     * Starts a tool's run; at most 256 are kept.
     *
     * @param name the tool's name
     * @return the run; close it to end it
     */
    public RunningTool tool(String name) {
        return new RunningTool(state.openTool(name));
    }

    /**
     * Makes the call and its context, such as its trace, current on this thread.
     *
     * @return a scope that restores the former context; close it on this thread
     */
    public Scope makeCurrent() {
        return state.pipeline.makeCurrent(this);
    }

    /**
     * Returns the call that is current on this thread, of any {@link LlmOps}; for libraries that carry it to other threads.
     *
     * @return the call, which may have ended; null if there is none
     */
    public static @Nullable LlmCall current() {
        return CallPipeline.currentOfAny();
    }

    /**
     * Makes a call current on this thread, so that other integrations join it, and opens no scopes of tracers. For libraries
     * that carry context to other threads and restore it in an order of their own; applications use {@link #makeCurrent}.
     *
     * @param call the call; null for none
     */
    public static void setCurrent(@Nullable LlmCall call) {
        CallPipeline.restore(call);
    }

    /**
     * Returns this call as its listeners see it.
     *
     * @return the live call
     */
    public LiveCall live() {
        return state;
    }

    /**
     * Ends the call as completed.
     *
     * @param finishReasons why the model stopped, one per choice; at most 256 are kept
     */
    public void finish(String... finishReasons) {
        end(Outcome.COMPLETED, null, reasons(finishReasons));
    }

    /**
     * Ends the call at the end of its stream: completed if every choice has a {@linkplain #finishReason finish reason} that
     * is no failure, and failed otherwise.
     *
     * @see LlmCallBuilder#choices
     * @see dev.llmops.core.error.ProviderErrors#endOfStream
     */
    public void endOfStream() {
        state.endOfStream().ifPresentOrElse(this::fail, this::finish);
    }

    /**
     * Ends the call unless it has ended: as failed with an error, and as complete without one. Unlike other endings, a late
     * one is not counted, which suits handlers that may be called more than once:
     * {@code stage.whenComplete((result, error) -> call.endOnce(error))}. Without an error of its own, the call ends with
     * that of the last call that {@linkplain LlmCallBuilder#joining() joined} it. If all calls that joined it were rejected, it
     * is rejected.
     *
     * @param error the exception, or null
     */
    public void endOnce(@Nullable Throwable error) {
        if (isEnded()) {
            return;
        }
        CallError rejection = rejectionOfParts();
        if (rejection != null) {
            tryEnd(Outcome.REJECTED, rejection, List.of());
        } else {
            CallError known = error == null ? state.failure() : state.pipeline.classify(error);
            tryEnd(outcome(known), known, List.of());
        }
    }

    /** Ends the call as cancelled, or as timed out after its deadline. */
    public void cancel() {
        end(Outcome.CANCELLED, CallError.of(ErrorKind.CANCELLED), List.of());
    }

    /** Ends the call as timed out. */
    public void timeOut() {
        end(Outcome.TIMED_OUT, CallError.of(ErrorKind.TIMEOUT), List.of());
    }

    /**
     * Ends the call as failed, or as cancelled or timed out if the exception says so.
     *
     * @param error the exception
     */
    public void fail(Throwable error) {
        fail(state.pipeline.classify(error));
    }

    /**
     * Ends the call as failed. An error of kind {@link ErrorKind#CANCELLED} or {@link ErrorKind#TIMEOUT} ends the
     * call as cancelled or timed out.
     *
     * @param error the error
     */
    public void fail(CallError error) {
        CallError known = Objects.requireNonNullElse(error, CallError.of(ErrorKind.INTERNAL));
        end(outcome(known), known, List.of());
    }

    /**
     * Ends the call as rejected before any model work.
     *
     * @param reason why, usually of kind {@link ErrorKind#BUDGET_EXCEEDED} or {@link ErrorKind#GUARDRAIL}
     */
    public void reject(CallError reason) {
        end(Outcome.REJECTED, Objects.requireNonNullElse(reason, CallError.of(ErrorKind.INTERNAL)), List.of());
    }

    /**
     * Returns true once the call has ended.
     *
     * @return true once any ending was taken
     */
    public boolean isEnded() {
        return hasEnded();
    }

    /** Ends the call as cancelled, unless it has ended. */
    @Override
    public void close() {
        if (!isEnded()) {
            tryEnd(Outcome.CANCELLED, CallError.of(ErrorKind.CANCELLED), List.of());
        }
    }

    @Override
    public String toString() {
        return "LlmCall[" + state.info() + (isEnded() ? " ended]" : " live]");
    }
}
