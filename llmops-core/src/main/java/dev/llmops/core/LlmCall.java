package dev.llmops.core;

import dev.llmops.core.internal.CallIds;
import dev.llmops.core.internal.Nanos;
import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
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
public final class LlmCall implements AutoCloseable {

    private final CallState state;

    /** The number of integrations around this one, which is then part of the outermost one's call. */
    private final int depth;

    private volatile boolean partEnded;

    private LlmCall(Builder builder) {
        this.state = builder.begin(this);
        this.depth = 0;
    }

    private LlmCall(LlmCall outer) {
        this.state = outer.state;
        this.depth = outer.depth + 1;
    }

    /**
     * Records a chunk of the answer. Costs one reading of the clock; allocates nothing but a few small arrays per call.
     *
     * @param contentTokens how many tokens of content it holds; 0 for a chunk without any, such as a role or a keep-alive
     */
    public void chunk(int contentTokens) {
        if (state.isMeasuredAt(depth)) {
            state.chunk(contentTokens, false);
        }
    }

    /**
     * Records a chunk that arrived earlier, for readers that hand chunks on late: a slow consumer of a queue or an iterator
     * would otherwise be mistaken for a slow model.
     *
     * @param contentTokens the number of content tokens in it, ≥ 0
     * @param atNanos its arrival by {@link LlmOps#ticker()}; a time before the previous chunk or the start counts as that
     */
    public void chunk(int contentTokens, long atNanos) {
        if (state.isMeasuredAt(depth)) {
            state.chunk(contentTokens, false, atNanos);
        }
    }

    /**
     * Records a chunk of the model's reasoning that arrived earlier.
     *
     * @param contentTokens the number of content tokens in it, ≥ 0
     * @param atNanos its arrival by {@link LlmOps#ticker()}
     * @see #chunk(int, long)
     */
    public void reasoningChunk(int contentTokens, long atNanos) {
        if (state.isMeasuredAt(depth)) {
            state.chunk(contentTokens, true, atNanos);
        }
    }

    /**
     * Records a chunk of the model's reasoning.
     *
     * @param contentTokens how many tokens it holds
     * @see #chunk(int)
     */
    public void reasoningChunk(int contentTokens) {
        if (state.isMeasuredAt(depth)) {
            state.chunk(contentTokens, true);
        }
    }

    /**
     * Sets the usage that the provider reports; the last report counts. Without one, usage is estimated from chunks.
     *
     * @param usage the usage
     * @return this call
     */
    public LlmCall usage(TokenUsage usage) {
        if (state.isMeasuredAt(depth)) {
            state.usage(part(), usage);
        }
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
        if (state.isMeasuredAt(depth)) {
            state.mergeUsage(part(), part);
        }
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
        if (state.isMeasuredAt(depth)) {
            state.finishReason(choice, reason);
        }
        return this;
    }

    /**
     * Sets the model that answers, as the provider names it.
     *
     * @param model the name
     * @return this call
     */
    public LlmCall responseModel(String model) {
        if (state.isMeasuredAt(depth)) {
            state.responseModel(model);
        }
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
        if (state.pipeline.contentPolicy.capturesContent()) {
            state.input(text);
        }
        return this;
    }

    /**
     * Sets the answer; ignored unless content is captured.
     *
     * @param text the answer
     * @return this call
     */
    public LlmCall output(String text) {
        if (state.pipeline.contentPolicy.capturesContent()) {
            state.output(text);
        }
        return this;
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
        List<String> reasons = finishReasons == null
                ? List.of()
                : Truncation.cutAll(
                        Arrays.asList(finishReasons), CallState.MAX_LIST_ENTRIES, Truncation.MAX_NAME_LENGTH);
        end(Outcome.COMPLETED, null, reasons);
    }

    /**
     * Ends the call at the end of its stream: completed if every choice has a {@linkplain #finishReason finish reason} that
     * is no failure, and failed otherwise.
     *
     * @see Builder#choices
     * @see dev.llmops.core.error.ProviderErrors#endOfStream
     */
    public void endOfStream() {
        Optional<CallError> failure = state.endOfStream();
        if (failure.isPresent()) {
            fail(failure.get());
        } else {
            finish();
        }
    }

    /**
     * Ends the call unless it has ended: as failed with an error, and as complete without one. Unlike other endings, a late
     * one is not counted, which suits handlers that may be called more than once:
     * {@code stage.whenComplete((result, error) -> call.endOnce(error))}. Without an error of its own, the call ends with
     * that of the last call that {@linkplain Builder#joining() joined} it. If all calls that joined it were rejected, it is
     * rejected.
     *
     * @param error the exception, or null
     */
    public void endOnce(@Nullable Throwable error) {
        if (isEnded()) {
            return;
        }
        CallError rejection = depth == 0 ? state.rejection() : null;
        CallError known = error == null ? state.failure() : state.pipeline.classify(error);
        if (rejection != null) {
            tryEnd(Outcome.REJECTED, rejection, List.of());
        } else if (known != null) {
            tryEnd(outcome(known), known, List.of());
        } else {
            tryEnd(Outcome.COMPLETED, null, List.of());
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

    private static Outcome outcome(CallError error) {
        if (error.kind().equals(ErrorKind.CANCELLED)) {
            return Outcome.CANCELLED;
        }
        return error.kind().equals(ErrorKind.TIMEOUT) ? Outcome.TIMED_OUT : Outcome.FAILED;
    }

    /**
     * Ends the call as rejected before any model work.
     *
     * @param reason why, usually of kind {@link ErrorKind#BUDGET_EXCEEDED} or {@link ErrorKind#GUARDRAIL}
     */
    public void reject(CallError reason) {
        end(Outcome.REJECTED, Objects.requireNonNullElse(reason, CallError.of(ErrorKind.INTERNAL)), List.of());
    }

    private void end(Outcome outcome, @Nullable CallError error, List<String> finishReasons) {
        if (!tryEnd(outcome, error, finishReasons) && depth == 0) {
            state.pipeline.telemetry.count(
                    Telemetry.Kind.LATE_ENDINGS, outcome.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Ends the call unless it has ended; a call that joined another ends its own part alone. */
    private boolean tryEnd(Outcome outcome, @Nullable CallError error, List<String> finishReasons) {
        if (depth == 0) {
            return state.end(outcome, error, finishReasons);
        }
        for (int choice = 0; choice < finishReasons.size(); choice++) {
            finishReason(choice, finishReasons.get(choice));
        }
        boolean first = !partEnded;
        partEnded = true;
        if (first) {
            state.partEnded(outcome, error);
        }
        return first;
    }

    boolean isOf(CallPipeline pipeline) {
        return state.pipeline == pipeline;
    }

    /** Returns what usage is kept under: of the parts of a call it adds up. */
    private @Nullable LlmCall part() {
        return depth == 0 ? null : this;
    }

    /**
     * Returns true once the call has ended.
     *
     * @return true once any ending was taken
     */
    public boolean isEnded() {
        return partEnded || state.isEnded();
    }

    /** Runs the application's reader of an item, which must not disturb the stream. */
    <T> void report(T item, BiConsumer<? super T, LlmCall> onItem) {
        try {
            onItem.accept(item, this);
        } catch (Throwable e) {
            state.pipeline.failed("on_item", e, "fix the function that reads the items; they are unaffected");
        }
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

    /**
     * Builds a call from the facts known before it starts. Setting a fact twice keeps the last value; null takes it back.
     * Of each text the first 256 characters are kept. Not thread-safe; may start several calls.
     */
    public static final class Builder {

        private static final long NO_DEADLINE = Long.MAX_VALUE;

        private final LlmOps llmops;
        private final Operation operation;
        private final String requestModel;
        private final CallInfo.Builder info;
        private @Nullable VersionSet versionSet;
        private long deadlineNanos = NO_DEADLINE;
        private long estimatedInputTokens = -1;
        private int choices = 1;
        private boolean joins;
        private @Nullable LlmCall outer;

        Builder(LlmOps llmops, Operation operation, String provider, String requestModel) {
            this.llmops = llmops;
            this.operation = operation;
            this.requestModel = requestModel;
            this.info = CallInfo.builder(operation, provider, requestModel);
        }

        /**
         * Sets the application's own id of the request, by which feedback and scores may come later.
         *
         * @param requestId an id, unique among recent requests
         * @return this builder
         */
        public Builder requestId(@Nullable String requestId) {
            info.requestId(requestId);
            return this;
        }

        /**
         * Sets the trace to which the call belongs, in any form.
         *
         * @param traceId 32 lower-case hexadecimal digits for a W3C trace, or any other text
         * @return this builder
         */
        public Builder traceId(@Nullable String traceId) {
            info.traceId(traceId);
            return this;
        }

        /**
         * Sets the conversation of which the call is a turn.
         *
         * @param conversationId an id
         * @return this builder
         */
        public Builder conversationId(@Nullable String conversationId) {
            info.conversationId(conversationId);
            return this;
        }

        /**
         * Sets the user on whose behalf the call is made. Never becomes a metric label.
         *
         * @param user an id
         * @return this builder
         */
        public Builder user(@Nullable String user) {
            info.user(user);
            return this;
        }

        /**
         * Sets the tenant that pays.
         *
         * @param tenant an id
         * @return this builder
         */
        public Builder tenant(@Nullable String tenant) {
            info.tenant(tenant);
            return this;
        }

        /**
         * Sets the feature of the application that asks.
         *
         * @param feature a name of low cardinality
         * @return this builder
         */
        public Builder feature(@Nullable String feature) {
            info.feature(feature);
            return this;
        }

        /**
         * Sets the address of the server.
         *
         * @param serverAddress host name, or address
         * @return this builder
         */
        public Builder serverAddress(@Nullable String serverAddress) {
            info.serverAddress(serverAddress);
            return this;
        }

        /**
         * Sets the versions that answer this call; parts that are missing here come from {@link LlmOps.Builder#versionSet}.
         *
         * @param versionSet the versions that differ for this call
         * @return this builder
         */
        public Builder versionSet(@Nullable VersionSet versionSet) {
            this.versionSet = versionSet;
            return this;
        }

        /**
         * Sets the purpose of a call that the product does not make for a user, such as {@code judge}; none by default.
         *
         * @param purpose a word of low cardinality
         * @return this builder
         */
        public Builder purpose(@Nullable String purpose) {
            info.purpose(purpose);
            return this;
        }

        /**
         * Sets whether the answer comes in chunks; default false.
         *
         * @param streaming true for a stream
         * @return this builder
         */
        public Builder streaming(boolean streaming) {
            info.streaming(streaming);
            return this;
        }

        /**
         * Sets how long the caller is willing to wait; a cancel after that counts as a timeout. The library does not
         * cancel anything itself.
         *
         * @param deadline time from the start of the call; null for none, which is the default
         * @return this builder
         */
        public Builder deadline(@Nullable Duration deadline) {
            this.deadlineNanos = deadline == null ? NO_DEADLINE : Nanos.of(deadline);
            return this;
        }

        /**
         * Sets the input tokens to assume when the provider does not report usage.
         *
         * @param tokens an estimate; negative for none, which is the default
         * @return this builder
         */
        public Builder estimatedInputTokens(long tokens) {
            this.estimatedInputTokens = tokens;
            return this;
        }

        /**
         * Sets how many answers are asked for, such as OpenAI's {@code n}; default 1. {@link LlmCall#endOfStream()}
         * expects as many finish reasons.
         *
         * @param choices the number of answers; fewer than 1 count as 1
         * @return this builder
         */
        public Builder choices(int choices) {
            this.choices = Math.max(1, choices);
            return this;
        }

        /**
         * Joins the call of the same operation that is current on this thread when this one would start, if there is one.
         * For integrations, which may stand around one another: see {@link #joining(LlmCall)}.
         *
         * @return this builder
         */
        public Builder joining() {
            return joining(null);
        }

        /**
         * Joins the call of an integration around this one instead of starting another, so that a model's work is counted
         * once. The outermost integration owns the call: its start, end and outcome. The innermost measures it: its chunks,
         * finish reasons and response model count, and the usage of calls that joined one after the other adds up. The
         * ending of a call that joined is silent; if it failed, the next one that joins counts as a retry.
         *
         * @param outer a live call that the integration's framework carried here; null, or a call that has ended or is of
         *     another operation, stands for the one that is current on this thread
         * @return this builder
         * @see LlmOps#currentCall
         */
        public Builder joining(@Nullable LlmCall outer) {
            this.joins = true;
            this.outer = outer;
            return this;
        }

        /**
         * Starts the call and its clock, unless it {@linkplain #joining() joins} another.
         *
         * @return the live call
         */
        public LlmCall start() {
            LlmCall around = joins ? around() : null;
            if (around != null) {
                LlmCall part = new LlmCall(around);
                part.state.partStarted(requestModel);
                return part;
            }
            LlmCall call = new LlmCall(this);
            llmops.pipeline().started(call.state);
            return call;
        }

        private @Nullable LlmCall around() {
            if (outer != null && isAround(outer)) {
                return outer;
            }
            LlmCall current = llmops.pipeline().currentCall();
            return current != null && isAround(current) ? current : null;
        }

        private boolean isAround(LlmCall call) {
            return !call.isEnded()
                    && call.isOf(llmops.pipeline())
                    && call.state.info().operation().equals(operation);
        }

        private CallState begin(LlmCall handle) {
            CallPipeline pipeline = llmops.pipeline();
            var startedAt = pipeline.clock.instant();
            CallInfo started = info.callId(CallIds.next(startedAt.toEpochMilli()))
                    .startedAt(startedAt)
                    .versionSet(llmops.effectiveVersionSet(versionSet))
                    .build();
            return new CallState(
                    pipeline, started, handle, pipeline.ticker.nanos(), deadlineNanos, estimatedInputTokens, choices);
        }
    }
}
