package dev.llmops.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Measures the calls of the OpenAI Java client. The client keeps its types and behaves as before: requests, responses,
 * exceptions and the order of streams are unchanged.
 *
 * <pre>{@code
 * OpenAIClient client = LlmOpenAi.wrap(llmops, OpenAIOkHttpClient.fromEnv());
 * }</pre>
 *
 * <p>Measured are chat completions, responses, embeddings, completions of plain text, images, moderations, and speech,
 * transcriptions and translations of audio: synchronous, asynchronous, streamed, with structured outputs, and as raw
 * responses once they are parsed. Everything else passes through. Prompts and answers are captured only where the content
 * policy of the {@code LlmOps} says so. Retries of the client are part of one call.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class LlmOpenAi {

    private static final String REMEDY = "fix the function that was given to LlmOpenAi; calls are unaffected";

    private final LlmOps llmops;
    private final String provider;
    private final Consumer<LlmCallBuilder> beforeCall;
    private final Consumer<LlmCall> onCall;
    private final boolean includesUsage;

    private LlmOpenAi(Builder builder) {
        this.llmops = builder.llmops;
        this.provider = builder.provider;
        this.beforeCall = builder.beforeCall;
        this.onCall = builder.onCall;
        this.includesUsage = builder.includesUsage;
    }

    /**
     * Wraps a client with the default settings.
     *
     * @param llmops records the calls
     * @param client the client
     * @return a client that measures its calls, as do the clients and services it leads to
     */
    public static OpenAIClient wrap(LlmOps llmops, OpenAIClient client) {
        return builder(llmops).build().wrap(client);
    }

    /**
     * Wraps an asynchronous client with the default settings.
     *
     * @param llmops records the calls
     * @param client the client
     * @return a client that measures its calls, as do the clients and services it leads to
     */
    public static OpenAIClientAsync wrap(LlmOps llmops, OpenAIClientAsync client) {
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
    public OpenAIClient wrap(OpenAIClient client) {
        return ObservedClient.observe(OpenAIClient.class, client, new Measuring(this));
    }

    /**
     * Wraps an asynchronous client.
     *
     * @param client the client
     * @return a client that measures its calls
     */
    public OpenAIClientAsync wrap(OpenAIClientAsync client) {
        return ObservedClient.observe(OpenAIClientAsync.class, client, new Measuring(this));
    }

    LlmOps llmops() {
        return llmops;
    }

    String provider() {
        return provider;
    }

    boolean includesUsage() {
        return includesUsage;
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
            llmops.telemetry().failure("LlmOpenAi", e, REMEDY);
        }
    }

    /** Builds an {@link LlmOpenAi}. Not thread-safe. */
    public static final class Builder {

        private final LlmOps llmops;
        private String provider = "openai";
        private Consumer<LlmCallBuilder> beforeCall = call -> {};
        private Consumer<LlmCall> onCall = call -> {};
        private boolean includesUsage;

        private Builder(LlmOps llmops) {
            this.llmops = Objects.requireNonNull(llmops, "llmops is null — an LlmOps is needed — build one first");
        }

        /**
         * Sets the provider behind the client, such as {@code azure.ai.openai}; default {@code openai}.
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
         * Sets whether streamed chats ask for their usage where the application says nothing about it; default false, which
         * leaves requests as they are and estimates the usage from the chunks. With true the application sees one more chunk
         * at the end, without choices.
         *
         * @param includesUsage true to set {@code stream_options.include_usage}
         * @return this builder
         */
        public Builder includeUsage(boolean includesUsage) {
            this.includesUsage = includesUsage;
            return this;
        }

        /**
         * Builds it.
         *
         * @return what wraps clients
         */
        public LlmOpenAi build() {
            return new LlmOpenAi(this);
        }
    }
}
