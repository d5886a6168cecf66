package dev.llmops.core;

import dev.llmops.core.internal.CallIds;
import dev.llmops.core.internal.Nanos;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.Operation;
import dev.llmops.core.version.VersionSet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Builds a call from the facts known before it starts. Setting a fact twice keeps the last value; null takes it back.
 * Of each text the first 256 characters are kept. Not thread-safe; may start several calls.
 *
 * @see LlmOps#call
 * @since 0.1.0
 */
public final class LlmCallBuilder {

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

    LlmCallBuilder(LlmOps llmops, Operation operation, String provider, String requestModel) {
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
    public LlmCallBuilder requestId(@Nullable String requestId) {
        info.requestId(requestId);
        return this;
    }

    /**
     * Sets the trace to which the call belongs, in any form.
     *
     * @param traceId 32 lower-case hexadecimal digits for a W3C trace, or any other text
     * @return this builder
     */
    public LlmCallBuilder traceId(@Nullable String traceId) {
        info.traceId(traceId);
        return this;
    }

    /**
     * Sets the conversation of which the call is a turn.
     *
     * @param conversationId an id
     * @return this builder
     */
    public LlmCallBuilder conversationId(@Nullable String conversationId) {
        info.conversationId(conversationId);
        return this;
    }

    /**
     * Sets the user on whose behalf the call is made. Never becomes a metric label.
     *
     * @param user an id
     * @return this builder
     */
    public LlmCallBuilder user(@Nullable String user) {
        info.user(user);
        return this;
    }

    /**
     * Sets the tenant that pays.
     *
     * @param tenant an id
     * @return this builder
     */
    public LlmCallBuilder tenant(@Nullable String tenant) {
        info.tenant(tenant);
        return this;
    }

    /**
     * Sets the feature of the application that asks.
     *
     * @param feature a name of low cardinality
     * @return this builder
     */
    public LlmCallBuilder feature(@Nullable String feature) {
        info.feature(feature);
        return this;
    }

    /**
     * Sets the address of the server.
     *
     * @param serverAddress host name, or address
     * @return this builder
     */
    public LlmCallBuilder serverAddress(@Nullable String serverAddress) {
        info.serverAddress(serverAddress);
        return this;
    }

    /**
     * Sets the versions that answer this call; parts that are missing here come from {@link LlmOpsBuilder#versionSet}.
     *
     * @param versionSet the versions that differ for this call
     * @return this builder
     */
    public LlmCallBuilder versionSet(@Nullable VersionSet versionSet) {
        this.versionSet = versionSet;
        return this;
    }

    /**
     * Sets the purpose of a call that the product does not make for a user, such as {@code judge}; none by default.
     *
     * @param purpose a word of low cardinality
     * @return this builder
     */
    public LlmCallBuilder purpose(@Nullable String purpose) {
        info.purpose(purpose);
        return this;
    }

    /**
     * Sets whether the answer comes in chunks; default false.
     *
     * @param streaming true for a stream
     * @return this builder
     */
    public LlmCallBuilder streaming(boolean streaming) {
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
    public LlmCallBuilder deadline(@Nullable Duration deadline) {
        this.deadlineNanos = deadline == null ? NO_DEADLINE : Nanos.of(deadline);
        return this;
    }

    /**
     * Sets the input tokens to assume when the provider does not report usage.
     *
     * @param tokens an estimate; negative for none, which is the default
     * @return this builder
     */
    public LlmCallBuilder estimatedInputTokens(long tokens) {
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
    public LlmCallBuilder choices(int choices) {
        this.choices = Math.max(1, choices);
        return this;
    }

    /**
     * Joins the call of the same operation that is current on this thread when this one would start, if there is one.
     * For integrations, which may stand around one another: see {@link #joining(LlmCall)}.
     *
     * @return this builder
     */
    public LlmCallBuilder joining() {
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
    public LlmCallBuilder joining(@Nullable LlmCall outer) {
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

    CallState begin(CallPart handle) {
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
