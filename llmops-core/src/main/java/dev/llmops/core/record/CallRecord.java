package dev.llmops.core.record;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of a finished call: the wide event of which metrics, spans, logs, SLOs and invoices are projections. Enrichers may replace it on its way to the views.
 *
 * @since 0.1.0
 */
public final class CallRecord {

    private final CallInfo info;
    private final @Nullable String responseModel;
    private final TokenUsage usage;
    private final Timing timing;
    private final Outcome outcome;
    private final @Nullable CallError error;
    private final List<String> finishReasons;
    private final boolean refusal;
    private final List<ToolCall> toolCalls;
    private final int retries;
    private final @Nullable CacheResult cache;
    private final @Nullable Cost cost;
    private final List<RiskFinding> risks;
    private final Redaction redaction;
    private final Content content;
    private final Map<String, Object> attributes;

    private CallRecord(Builder builder) {
        this.info = builder.info;
        this.responseModel = builder.responseModel;
        this.usage = builder.usage;
        this.timing = builder.timing;
        this.outcome = builder.outcome;
        this.error = builder.error;
        this.finishReasons = List.copyOf(builder.finishReasons);
        this.refusal = builder.refusal;
        this.toolCalls = List.copyOf(builder.toolCalls);
        this.retries = builder.retries;
        this.cache = builder.cache;
        this.cost = builder.cost;
        this.risks = List.copyOf(builder.risks);
        this.redaction = builder.redaction;
        this.content = builder.content;
        this.attributes = builder.attributes;
    }

    /**
     * Creates a builder for a call that happened elsewhere, to read it back or to replay it.
     *
     * @param info the facts known at the start
     * @param outcome its outcome
     * @param timing its timing
     * @return a builder
     */
    public static Builder builder(CallInfo info, Outcome outcome, Timing timing) {
        return new Builder(info, outcome, timing);
    }

    /**
     * Creates a builder that holds everything of this record.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder(info, outcome, timing);
        copy.responseModel = responseModel;
        copy.usage = usage;
        copy.error = error;
        copy.finishReasons = finishReasons;
        copy.refusal = refusal;
        copy.toolCalls = toolCalls;
        copy.retries = retries;
        copy.cache = cache;
        copy.cost = cost;
        copy.risks = risks;
        copy.redaction = redaction;
        copy.content = content;
        copy.attributes = attributes;
        return copy;
    }

    /** {@return the facts known at the start: caller, model and versions} */
    public CallInfo info() {
        return info;
    }

    /** {@return the end of the call: its start by the wall clock plus its duration by the ticker} */
    public Instant endedAt() {
        return info.startedAt().plusNanos(timing.durationNanos());
    }

    /** {@return the model that answered, as the provider named it, or null when the provider did not say} */
    public @Nullable String responseModel() {
        return responseModel;
    }

    /** {@return the usage, with its origin} */
    public TokenUsage usage() {
        return usage;
    }

    /** {@return the timing} */
    public Timing timing() {
        return timing;
    }

    /** {@return the outcome} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return the error that ended the call; null exactly when the outcome is {@link Outcome#COMPLETED}} */
    public @Nullable CallError error() {
        return error;
    }

    /** {@return the finish reasons, in the provider's words; empty when none were given} */
    public List<String> finishReasons() {
        return finishReasons;
    }

    /** {@return true if the model declined to answer} */
    public boolean isRefusal() {
        return refusal;
    }

    /** {@return the tools that ran within the call, an unmodifiable list in the order in which they began} */
    public List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /** {@return the number of retries, ≥ 0} */
    public int retries() {
        return retries;
    }

    /** {@return the result of the application's response-cache lookup, or null when no cache was asked} */
    public @Nullable CacheResult cache() {
        return cache;
    }

    /** {@return the cost, or null when no enricher prices calls} */
    public @Nullable Cost cost() {
        return cost;
    }

    /** {@return the risks found during the call, an unmodifiable list} */
    public List<RiskFinding> risks() {
        return risks;
    }

    /** {@return the state of redaction} */
    public Redaction redaction() {
        return redaction;
    }

    /** {@return the prompt and the answer, both absent unless capturing them was asked for} */
    public Content content() {
        return content;
    }

    /**
     * {@return the attributes that the application added, an unmodifiable map of values of the types String, Long,
     * Double, Boolean and List of String, in order}
     */
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return "CallRecord[" + info + " " + outcome + " " + timing + "]";
    }

    /** Builds a {@link CallRecord}. Not thread-safe. */
    public static final class Builder {

        private final CallInfo info;
        private final Outcome outcome;
        private final Timing timing;
        private @Nullable String responseModel;
        private TokenUsage usage = TokenUsage.unknown();
        private @Nullable CallError error;
        private List<String> finishReasons = List.of();
        private boolean refusal;
        private List<ToolCall> toolCalls = List.of();
        private int retries;
        private @Nullable CacheResult cache;
        private @Nullable Cost cost;
        private List<RiskFinding> risks = List.of();
        private Redaction redaction = Redaction.NOT_RUN;
        private Content content = Content.NONE;
        private Map<String, Object> attributes = Map.of();

        private Builder(CallInfo info, Outcome outcome, Timing timing) {
            this.info = info;
            this.outcome = outcome;
            this.timing = timing;
        }

        /**
         * Sets the model that answered.
         *
         * @param responseModel the provider's name for it
         * @return this builder
         */
        public Builder responseModel(@Nullable String responseModel) {
            this.responseModel = responseModel;
            return this;
        }

        /**
         * Sets the usage; unknown by default.
         *
         * @param usage the usage
         * @return this builder
         */
        public Builder usage(TokenUsage usage) {
            this.usage = usage;
            return this;
        }

        /**
         * Sets the error that ended the call.
         *
         * @param error the error
         * @return this builder
         */
        public Builder error(@Nullable CallError error) {
            this.error = error;
            return this;
        }

        /**
         * Sets the finish reasons.
         *
         * @param finishReasons the provider's words
         * @return this builder
         */
        public Builder finishReasons(List<String> finishReasons) {
            this.finishReasons = finishReasons;
            return this;
        }

        /**
         * Sets whether the model declined to answer; default false.
         *
         * @param refusal true for a refusal
         * @return this builder
         */
        public Builder refusal(boolean refusal) {
            this.refusal = refusal;
            return this;
        }

        /**
         * Sets the tools that ran.
         *
         * @param toolCalls in the order in which they began
         * @return this builder
         */
        public Builder toolCalls(List<ToolCall> toolCalls) {
            this.toolCalls = toolCalls;
            return this;
        }

        /**
         * Sets the number of retries; default 0.
         *
         * @param retries the number of retries
         * @return this builder
         */
        public Builder retries(int retries) {
            this.retries = retries;
            return this;
        }

        /**
         * Sets the result of the response-cache lookup.
         *
         * @param cache the result
         * @return this builder
         */
        public Builder cache(@Nullable CacheResult cache) {
            this.cache = cache;
            return this;
        }

        /**
         * Sets the cost.
         *
         * @param cost the cost
         * @return this builder
         */
        public Builder cost(@Nullable Cost cost) {
            this.cost = cost;
            return this;
        }

        /**
         * Sets the risks that were found.
         *
         * @param risks the findings
         * @return this builder
         */
        public Builder risks(List<RiskFinding> risks) {
            this.risks = risks;
            return this;
        }

        /**
         * Sets the state of redaction; {@link Redaction#NOT_RUN} by default.
         *
         * @param redaction what redaction did
         * @return this builder
         */
        public Builder redaction(Redaction redaction) {
            this.redaction = redaction;
            return this;
        }

        /**
         * Sets the texts; none by default.
         *
         * @param content the texts
         * @return this builder
         */
        public Builder content(Content content) {
            this.content = content;
            return this;
        }

        /**
         * Sets the attributes.
         *
         * @param attributes values of the types String, Long, Double, Boolean and List of String by name
         * @return this builder
         */
        public Builder attributes(Map<String, Object> attributes) {
            this.attributes =
                    attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            return this;
        }

        /**
         * Creates the record.
         *
         * @return the record so far
         */
        public CallRecord build() {
            return new CallRecord(this);
        }
    }
}
