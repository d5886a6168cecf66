package dev.llmops.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Measures the calls of the Anthropic Java client. The client keeps its types and behaves as before: requests, responses,
 * exceptions and the order of streams are unchanged.
 *
 * <pre>{@code
 * AnthropicClient client = LlmAnthropic.wrap(llmops, AnthropicOkHttpClient.fromEnv());
 * }</pre>
 *
 * <p>Measured are messages of the stable and the beta service: synchronous, asynchronous, streamed, with structured outputs,
 * and as raw responses once they are parsed. Everything else passes through, also the counting of tokens, batches and the tool
 * runner of the beta service. Prompts and answers are captured only where the content policy of the {@code LlmOps} says so.
 * Retries of the client are part of one call. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class LlmAnthropic {

    private static final String REMEDY = "fix the function that was given to LlmAnthropic; calls are unaffected";

    private final LlmOps llmops;
    private final String provider;
    private final Consumer<LlmCallBuilder> beforeCall;
    private final Consumer<LlmCall> onCall;

    private LlmAnthropic(Builder builder) {
        this.llmops = builder.llmops;
        this.provider = builder.provider;
        this.beforeCall = builder.beforeCall;
        this.onCall = builder.onCall;
    }

    /**
     * Wraps a client with the default settings.
     *
     * @param llmops records the calls
     * @param client the client
     * @return a client that measures its calls, as do the clients and services it leads to
     */
    public static AnthropicClient wrap(LlmOps llmops, AnthropicClient client) {
        return builder(llmops).build().wrap(client);
    }

    /**
     * Wraps an asynchronous client with the default settings.
     *
     * @param llmops records the calls
     * @param client the client
     * @return a client that measures its calls, as do the clients and services it leads to
     */
    public static AnthropicClientAsync wrap(LlmOps llmops, AnthropicClientAsync client) {
        return builder(llmops).build().wrap(client);
    }

    /**
     * Creates a builder for clients with settings of their own.
     *
     * @param llmops records the calls
     * @return a builder
     */
    public static Builder builder(LlmOps llmops) {
        return new Builder(llmops);
    }

    /**
     * Wraps a client.
     *
     * @param client the client
     * @return a client that measures its calls
     */
    public AnthropicClient wrap(AnthropicClient client) {
        return ObservedClient.observe(AnthropicClient.class, client, new Measuring(this));
    }

    /**
     * Wraps an asynchronous client.
     *
     * @param client the client
     * @return a client that measures its calls
     */
    public AnthropicClientAsync wrap(AnthropicClientAsync client) {
        return ObservedClient.observe(AnthropicClientAsync.class, client, new Measuring(this));
    }

    LlmOps llmops() {
        return llmops;
    }

    String provider() {
        return provider;
    }

    void beforeCall(LlmCallBuilder call) {
        guarded(beforeCall, call);
    }

    void onCall(LlmCall call) {
        guarded(onCall, call);
    }

    private <T> void guarded(Consumer<T> function, T argument) {
        try {
            function.accept(argument);
        } catch (RuntimeException e) {
            llmops.telemetry().failure("LlmAnthropic", e, REMEDY);
        }
    }

    /** Builds an {@link LlmAnthropic}. Not thread-safe. */
    public static final class Builder {

        private final LlmOps llmops;
        private String provider = "anthropic";
        private Consumer<LlmCallBuilder> beforeCall = call -> {};
        private Consumer<LlmCall> onCall = call -> {};

        private Builder(LlmOps llmops) {
            this.llmops = Objects.requireNonNull(llmops, "llmops is null — an LlmOps is needed — build one first");
        }

        /**
         * Sets the provider behind the client, such as {@code aws.bedrock}; default {@code anthropic}.
         *
         * @param provider the name, as prices and metrics know it
         * @return this builder
         */
        public Builder provider(String provider) {
            this.provider = provider;
            return this;
        }

        /**
         * Sets what is added to every call before it starts, such as its feature, user and tenant. Runs on the thread that
         * calls the client.
         *
         * @param beforeCall adds to a call
         * @return this builder
         */
        public Builder beforeCall(Consumer<LlmCallBuilder> beforeCall) {
            this.beforeCall = beforeCall;
            return this;
        }

        /**
         * Sets what is added to every call once it has started, such as attributes. Runs on the thread that calls the client.
         *
         * @param onCall adds to a call
         * @return this builder
         */
        public Builder onCall(Consumer<LlmCall> onCall) {
            this.onCall = onCall;
            return this;
        }

        /**
         * Builds it.
         *
         * @return what wraps clients
         */
        public LlmAnthropic build() {
            return new LlmAnthropic(this);
        }
    }
}
