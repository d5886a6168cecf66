package dev.llmops.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a caller may state about a call before it starts. Setting a fact twice keeps the last value; null
 * takes it back. Of each text the first 256 characters are kept.
 *
 * @param <B> the builder that inherits these setters
 * @since 0.1.0
 */
public abstract sealed class CallFields<B extends CallFields<B>> permits CallInfo.Builder, LlmCall.Builder {

    /** How many characters are kept of an id or a name: memory must not grow with what strangers send. */
    static final int MAX_LENGTH = 256;

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
        this.provider = Texts.cut(Objects.requireNonNullElse(provider, LabelLimiter.UNKNOWN), MAX_LENGTH);
        this.requestModel = Texts.cut(Objects.requireNonNullElse(requestModel, LabelLimiter.UNKNOWN), MAX_LENGTH);
    }

    abstract B self();

    /**
     * Sets the application's own id of the request, by which feedback and scores may come later.
     *
     * @param requestId an id, unique among recent requests
     * @return this builder
     */
    public B requestId(@Nullable String requestId) {
        this.requestId = Texts.cutOrNull(requestId, MAX_LENGTH);
        return self();
    }

    /**
     * Sets the trace to which the call belongs, in whatever form the caller of the service gave it.
     *
     * @param traceId 32 lower-case hexadecimal digits for a W3C trace, or any other text
     * @return this builder
     */
    public B traceId(@Nullable String traceId) {
        this.traceId = Texts.cutOrNull(traceId, MAX_LENGTH);
        return self();
    }

    /**
     * Sets the conversation of which the call is a turn.
     *
     * @param conversationId an id
     * @return this builder
     */
    public B conversationId(@Nullable String conversationId) {
        this.conversationId = Texts.cutOrNull(conversationId, MAX_LENGTH);
        return self();
    }

    /**
     * Sets the user on whose behalf the call is made. Never becomes a metric label.
     *
     * @param user an id
     * @return this builder
     */
    public B user(@Nullable String user) {
        this.user = Texts.cutOrNull(user, MAX_LENGTH);
        return self();
    }

    /**
     * Sets the tenant that pays.
     *
     * @param tenant an id
     * @return this builder
     */
    public B tenant(@Nullable String tenant) {
        this.tenant = Texts.cutOrNull(tenant, MAX_LENGTH);
        return self();
    }

    /**
     * Sets the feature of the application that asks.
     *
     * @param feature a name of low cardinality
     * @return this builder
     */
    public B feature(@Nullable String feature) {
        this.feature = Texts.cutOrNull(feature, MAX_LENGTH);
        return self();
    }

    /**
     * Sets the server that is asked.
     *
     * @param serverAddress host name, or address
     * @return this builder
     */
    public B serverAddress(@Nullable String serverAddress) {
        this.serverAddress = Texts.cutOrNull(serverAddress, MAX_LENGTH);
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
