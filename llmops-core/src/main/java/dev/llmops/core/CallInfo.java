package dev.llmops.core;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asked what of which model, under which versions: the facts of a call that are known when it starts. Immutable.
 * Later events carry it too, which joins them to the call.
 *
 * @since 0.1.0
 */
public final class CallInfo {

    private final UUID callId;
    private final Instant startedAt;
    private final Operation operation;
    private final String provider;
    private final String requestModel;
    private final @Nullable String requestId;
    private final @Nullable String traceId;
    private final @Nullable String spanId;
    private final @Nullable String conversationId;
    private final @Nullable String user;
    private final @Nullable String tenant;
    private final @Nullable String feature;
    private final @Nullable String serverAddress;
    private final VersionSet versionSet;
    private final boolean streaming;

    CallInfo(
            CallFields<?> fields,
            UUID callId,
            Instant startedAt,
            VersionSet versionSet,
            @Nullable String traceId,
            @Nullable String spanId) {
        this.callId = callId;
        this.startedAt = startedAt;
        this.operation = fields.operation;
        this.provider = fields.provider;
        this.requestModel = fields.requestModel;
        this.requestId = fields.requestId;
        this.traceId = traceId;
        this.spanId = spanId;
        this.conversationId = fields.conversationId;
        this.user = fields.user;
        this.tenant = fields.tenant;
        this.feature = fields.feature;
        this.serverAddress = fields.serverAddress;
        this.versionSet = versionSet;
        this.streaming = fields.streaming;
    }

    /**
     * Starts the facts of a call that happened elsewhere, to read it back or to replay it. Live calls begin at
     * {@link LlmOps#call}.
     *
     * @param callId the call's id
     * @param startedAt when it started, by the wall clock
     * @param operation what was asked
     * @param provider who was asked
     * @param requestModel the model that was asked for
     * @return a builder
     */
    public static Builder builder(
            UUID callId, Instant startedAt, Operation operation, String provider, String requestModel) {
        return new Builder(callId, startedAt, operation, provider, requestModel);
    }

    /**
     * The id of the call, unique and ordered by time (a UUID of version 7).
     *
     * @return the id
     */
    public UUID callId() {
        return callId;
    }

    /**
     * When the call started, by the wall clock.
     *
     * @return the instant
     */
    public Instant startedAt() {
        return startedAt;
    }

    /**
     * What was asked.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
    }

    /**
     * Who was asked, such as {@code openai}.
     *
     * @return the provider
     */
    public String provider() {
        return provider;
    }

    /**
     * The model that was asked for.
     *
     * @return the model's name
     */
    public String requestModel() {
        return requestModel;
    }

    /**
     * The application's own id of the request.
     *
     * @return the id, or null
     */
    public @Nullable String requestId() {
        return requestId;
    }

    /**
     * The trace to which the call belongs, as it was given, or as tracing made it.
     *
     * @return the id, or null
     */
    public @Nullable String traceId() {
        return traceId;
    }

    /**
     * The span of the call: 16 hexadecimal digits.
     *
     * @return the id, or null when no tracing listener set one
     */
    public @Nullable String spanId() {
        return spanId;
    }

    /**
     * The conversation of which the call is a turn.
     *
     * @return the id, or null
     */
    public @Nullable String conversationId() {
        return conversationId;
    }

    /**
     * The user on whose behalf the call was made.
     *
     * @return the id, or null
     */
    public @Nullable String user() {
        return user;
    }

    /**
     * The tenant that pays.
     *
     * @return the id, or null
     */
    public @Nullable String tenant() {
        return tenant;
    }

    /**
     * The feature of the application that asked.
     *
     * @return the name, or null
     */
    public @Nullable String feature() {
        return feature;
    }

    /**
     * The server that was asked.
     *
     * @return host name or address, or null
     */
    public @Nullable String serverAddress() {
        return serverAddress;
    }

    /**
     * What answered.
     *
     * @return the version set; empty when nobody stated one
     */
    public VersionSet versionSet() {
        return versionSet;
    }

    /**
     * Whether the answer came in chunks.
     *
     * @return true for a stream
     */
    public boolean isStreaming() {
        return streaming;
    }

    /**
     * The same facts within a span.
     *
     * @param traceId the trace as it is shown to people
     * @param spanId the span: 16 hexadecimal digits
     * @return a copy
     */
    public CallInfo withTrace(String traceId, String spanId) {
        Builder copy = new Builder(callId, startedAt, operation, provider, requestModel);
        copy.requestId(requestId)
                .conversationId(conversationId)
                .user(user)
                .tenant(tenant)
                .feature(feature)
                .serverAddress(serverAddress)
                .streaming(streaming);
        return new CallInfo(copy, callId, startedAt, versionSet, traceId, spanId);
    }

    @Override
    public String toString() {
        return "CallInfo[" + callId + " " + operation + " " + provider + "/" + requestModel + " " + versionSet.id()
                + "]";
    }

    /** Collects the facts of a call that happened elsewhere. Not thread-safe. */
    public static final class Builder extends CallFields<Builder> {

        private final UUID callId;
        private final Instant startedAt;
        private @Nullable String spanId;

        private Builder(UUID callId, Instant startedAt, Operation operation, String provider, String requestModel) {
            super(operation, provider, requestModel);
            this.callId = callId;
            this.startedAt = startedAt;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the span of the call.
         *
         * @param spanId 16 hexadecimal digits
         * @return this builder
         */
        public Builder spanId(@Nullable String spanId) {
            this.spanId = spanId;
            return this;
        }

        /**
         * Makes the facts.
         *
         * @return the facts so far
         */
        public CallInfo build() {
            VersionSet versions = versionSet == null ? VersionSet.empty() : versionSet;
            return new CallInfo(this, callId, startedAt, versions, traceId, spanId);
        }
    }
}
