package dev.llmops.core.record;

import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.internal.Truncation;
import dev.llmops.core.version.VersionSet;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a call that are known at its start: caller, model and versions. Immutable. Later events carry it, which joins them to the call.
 *
 * @since 0.1.0
 */
public final class CallInfo {

    private static final String UNKNOWN = "unknown";

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
    private final @Nullable String purpose;
    private final boolean streaming;

    private CallInfo(Builder builder) {
        this.callId = Objects.requireNonNull(builder.callId, "callId");
        this.startedAt = Objects.requireNonNull(builder.startedAt, "startedAt");
        this.operation = builder.operation;
        this.provider = builder.provider;
        this.requestModel = builder.requestModel;
        this.requestId = builder.requestId;
        this.traceId = builder.traceId;
        this.spanId = builder.spanId;
        this.conversationId = builder.conversationId;
        this.user = builder.user;
        this.tenant = builder.tenant;
        this.feature = builder.feature;
        this.serverAddress = builder.serverAddress;
        this.versionSet = builder.versionSet == null ? VersionSet.empty() : builder.versionSet;
        this.purpose = builder.purpose;
        this.streaming = builder.streaming;
    }

    private CallInfo(CallInfo call, @Nullable String traceId, String spanId) {
        this.callId = call.callId;
        this.startedAt = call.startedAt;
        this.operation = call.operation;
        this.provider = call.provider;
        this.requestModel = call.requestModel;
        this.requestId = call.requestId;
        this.traceId = traceId;
        this.spanId = spanId;
        this.conversationId = call.conversationId;
        this.user = call.user;
        this.tenant = call.tenant;
        this.feature = call.feature;
        this.serverAddress = call.serverAddress;
        this.versionSet = call.versionSet;
        this.purpose = call.purpose;
        this.streaming = call.streaming;
    }

    /**
     * Creates a builder for a call that happened elsewhere, to read it back or to replay it. Live calls begin at
     * {@link LlmOps#call}.
     *
     * @param callId the call's id
     * @param startedAt its start by the wall clock
     * @param operation the operation
     * @param provider the provider
     * @param requestModel the requested model
     * @return a builder
     */
    public static Builder builder(
            UUID callId, Instant startedAt, Operation operation, String provider, String requestModel) {
        return builder(operation, provider, requestModel).callId(callId).startedAt(startedAt);
    }

    /**
     * Creates a builder for a call that has neither an id nor a start yet.
     *
     * @param operation the operation; unknown when null, because recording must not throw
     * @param provider the provider; unknown when null
     * @param requestModel the requested model; unknown when null
     * @return a builder that needs {@link Builder#callId} and {@link Builder#startedAt}
     */
    public static Builder builder(Operation operation, String provider, String requestModel) {
        return new Builder(operation, provider, requestModel);
    }

    /** {@return the id of the call, unique and ordered by time (a UUID of version 7)} */
    public UUID callId() {
        return callId;
    }

    /** {@return the start by the wall clock} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return the operation} */
    public Operation operation() {
        return operation;
    }

    /** {@return the provider, such as {@code openai}} */
    public String provider() {
        return provider;
    }

    /** {@return the requested model} */
    public String requestModel() {
        return requestModel;
    }

    /** {@return the application's id of the request, or null} */
    public @Nullable String requestId() {
        return requestId;
    }

    /** {@return the trace to which the call belongs, as given or as created by tracing, or null} */
    public @Nullable String traceId() {
        return traceId;
    }

    /** {@return the span of the call: 16 hexadecimal digits, or null when no tracing listener set one} */
    public @Nullable String spanId() {
        return spanId;
    }

    /** {@return the conversation of which the call is a turn, or null} */
    public @Nullable String conversationId() {
        return conversationId;
    }

    /** {@return the user on whose behalf the call was made, or null} */
    public @Nullable String user() {
        return user;
    }

    /** {@return the tenant that pays, or null} */
    public @Nullable String tenant() {
        return tenant;
    }

    /** {@return the feature that made the call, or null} */
    public @Nullable String feature() {
        return feature;
    }

    /** {@return the address of the server, or null} */
    public @Nullable String serverAddress() {
        return serverAddress;
    }

    /** {@return the versions that answered; empty if none is known} */
    public VersionSet versionSet() {
        return versionSet;
    }

    /**
     * Returns the purpose of a call that the product did not make for a user, such as {@code judge}, {@code shadow} or
     * {@code probe}. Such calls cost money, but are no part of the product's quality and objectives.
     *
     * @return the purpose, or null for a call of the product
     */
    public @Nullable String purpose() {
        return purpose;
    }

    /** {@return true if the answer came in chunks} */
    public boolean isStreaming() {
        return streaming;
    }

    /**
     * Returns these facts within a span.
     *
     * @param traceId the trace as it is shown to people
     * @param spanId the span: 16 hexadecimal digits
     * @return a copy
     */
    public CallInfo withTrace(String traceId, String spanId) {
        return new CallInfo(this, Truncation.cutOrNull(traceId, Truncation.MAX_NAME_LENGTH), spanId);
    }

    @Override
    public String toString() {
        return "CallInfo[" + callId + " " + operation + " " + provider + "/" + requestModel + " " + versionSet.id()
                + "]";
    }

    /**
     * Builds a {@link CallInfo}. Setting a fact twice keeps the last value; null takes it back. Of each text the
     * first 256 characters are kept. Not thread-safe; may build several calls.
     */
    public static final class Builder {

        private final Operation operation;
        private final String provider;
        private final String requestModel;
        private @Nullable UUID callId;
        private @Nullable Instant startedAt;
        private @Nullable String requestId;
        private @Nullable String traceId;
        private @Nullable String spanId;
        private @Nullable String conversationId;
        private @Nullable String user;
        private @Nullable String tenant;
        private @Nullable String feature;
        private @Nullable String serverAddress;
        private @Nullable VersionSet versionSet;
        private @Nullable String purpose;
        private boolean streaming;

        private Builder(Operation operation, String provider, String requestModel) {
            // Recording must not throw, not even at callers who disregard the annotations.
            this.operation = Objects.requireNonNullElse(operation, Operation.UNKNOWN);
            this.provider = Truncation.cut(Objects.requireNonNullElse(provider, UNKNOWN), Truncation.MAX_NAME_LENGTH);
            this.requestModel =
                    Truncation.cut(Objects.requireNonNullElse(requestModel, UNKNOWN), Truncation.MAX_NAME_LENGTH);
        }

        /**
         * Sets the id of the call.
         *
         * @param callId a UUID of version 7, which orders calls by time
         * @return this builder
         */
        public Builder callId(UUID callId) {
            this.callId = callId;
            return this;
        }

        /**
         * Sets the start of the call.
         *
         * @param startedAt by the wall clock
         * @return this builder
         */
        public Builder startedAt(Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /**
         * Sets the application's own id of the request, by which feedback and scores may come later.
         *
         * @param requestId an id, unique among recent requests
         * @return this builder
         */
        public Builder requestId(@Nullable String requestId) {
            this.requestId = Truncation.cutOrNull(requestId, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets the trace to which the call belongs, in any form.
         *
         * @param traceId 32 lower-case hexadecimal digits for a W3C trace, or any other text
         * @return this builder
         */
        public Builder traceId(@Nullable String traceId) {
            this.traceId = Truncation.cutOrNull(traceId, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets the conversation of which the call is a turn.
         *
         * @param conversationId an id
         * @return this builder
         */
        public Builder conversationId(@Nullable String conversationId) {
            this.conversationId = Truncation.cutOrNull(conversationId, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets the user on whose behalf the call is made. Never becomes a metric label.
         *
         * @param user an id
         * @return this builder
         */
        public Builder user(@Nullable String user) {
            this.user = Truncation.cutOrNull(user, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets the tenant that pays.
         *
         * @param tenant an id
         * @return this builder
         */
        public Builder tenant(@Nullable String tenant) {
            this.tenant = Truncation.cutOrNull(tenant, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets the feature that makes the call.
         *
         * @param feature a name of low cardinality
         * @return this builder
         */
        public Builder feature(@Nullable String feature) {
            this.feature = Truncation.cutOrNull(feature, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets the address of the server.
         *
         * @param serverAddress host name, or address
         * @return this builder
         */
        public Builder serverAddress(@Nullable String serverAddress) {
            this.serverAddress = Truncation.cutOrNull(serverAddress, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets the versions that answer this call; parts that are missing here come from {@link LlmOpsBuilder#versionSet}.
         *
         * @param versionSet the versions that differ for this call
         * @return this builder
         */
        public Builder versionSet(@Nullable VersionSet versionSet) {
            this.versionSet = versionSet;
            return this;
        }

        /**
         * Sets the purpose of a call that the product does not make for a user; none by default.
         *
         * @param purpose a word of low cardinality, such as {@code judge}
         * @return this builder
         */
        public Builder purpose(@Nullable String purpose) {
            this.purpose = Truncation.cutOrNull(purpose, Truncation.MAX_NAME_LENGTH);
            return this;
        }

        /**
         * Sets whether the answer comes in chunks; default false.
         *
         * @param streaming true for a stream
         * @return this builder
         */
        public Builder streaming(boolean streaming) {
            this.streaming = streaming;
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
         * Creates the facts.
         *
         * @return the facts so far
         * @throws NullPointerException if the id or the start of the call is missing
         */
        public CallInfo build() {
            return new CallInfo(this);
        }
    }
}
