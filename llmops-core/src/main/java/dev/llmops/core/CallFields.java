package dev.llmops.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a caller may state about a call before it starts. Setting a fact twice keeps the last value; null
 * takes it back.
 *
 * @param <B> the builder that inherits these setters
 * @since 0.1.0
 */
public abstract sealed class CallFields<B extends CallFields<B>> permits CallInfo.Builder, LlmCall.Builder {

    final Operation operation;
    final String provider;
    final String requestModel;

    @Nullable
    String requestId;

    @Nullable
    String traceId;

    @Nullable
    String conversationId;

    @Nullable
    String user;

    @Nullable
    String tenant;

    @Nullable
    String feature;

    @Nullable
    String serverAddress;

    @Nullable
    VersionSet versionSet;

    boolean streaming;

    CallFields(Operation operation, String provider, String requestModel) {
        // Recording must not throw, not even at callers who disregard the annotations.
        this.operation = Objects.requireNonNullElse(operation, Operation.UNKNOWN);
        this.provider = Objects.requireNonNullElse(provider, LabelLimiter.UNKNOWN);
        this.requestModel = Objects.requireNonNullElse(requestModel, LabelLimiter.UNKNOWN);
    }

    abstract B self();

    /**
     * Sets the application's own id of the request, by which feedback and scores may come later.
     *
     * @param requestId an id, unique among recent requests
     * @return this builder
     */
    public B requestId(@Nullable String requestId) {
        this.requestId = requestId;
        return self();
    }

    /**
     * Sets the trace to which the call belongs, in whatever form the caller of the service gave it.
     *
     * @param traceId 32 lower-case hexadecimal digits for a W3C trace, or any other text
     * @return this builder
     */
    public B traceId(@Nullable String traceId) {
        this.traceId = traceId;
        return self();
    }

    /**
     * Sets the conversation of which the call is a turn.
     *
     * @param conversationId an id
     * @return this builder
     */
    public B conversationId(@Nullable String conversationId) {
        this.conversationId = conversationId;
        return self();
    }

    /**
     * Sets the user on whose behalf the call is made. Never becomes a metric label.
     *
     * @param user an id
     * @return this builder
     */
    public B user(@Nullable String user) {
        this.user = user;
        return self();
    }

    /**
     * Sets the tenant that pays.
     *
     * @param tenant an id
     * @return this builder
     */
    public B tenant(@Nullable String tenant) {
        this.tenant = tenant;
        return self();
    }

    /**
     * Sets the feature of the application that asks.
     *
     * @param feature a name of low cardinality
     * @return this builder
     */
    public B feature(@Nullable String feature) {
        this.feature = feature;
        return self();
    }

    /**
     * Sets the server that is asked.
     *
     * @param serverAddress host name, or address
     * @return this builder
     */
    public B serverAddress(@Nullable String serverAddress) {
        this.serverAddress = serverAddress;
        return self();
    }

    /**
     * Sets what answers this call; parts that are missing here come from {@link LlmOps.Builder#versionSet}.
     *
     * @param versionSet the versions that differ for this call
     * @return this builder
     */
    public B versionSet(@Nullable VersionSet versionSet) {
        this.versionSet = versionSet;
        return self();
    }

    /**
     * Says whether the answer comes in chunks; default false.
     *
     * @param streaming true for a stream
     * @return this builder
     */
    public B streaming(boolean streaming) {
        this.streaming = streaming;
        return self();
    }
}
