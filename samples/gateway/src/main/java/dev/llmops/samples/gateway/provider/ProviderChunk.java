package dev.llmops.samples.gateway.provider;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.cost.usage.UsageReader;
import dev.llmops.cost.usage.UsageReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of an answer, or a whole answer that was not streamed.
 *
 * @param event the name of the server-sent event; null if it has none
 * @param raw the JSON as it came
 * @param id the provider's id of the answer, if the chunk has it
 * @param model the model that answers, if the chunk names it
 * @param content the text of the answer
 * @param reasoning the model's reasoning
 * @param refusal the text by which the model refuses
 * @param other everything else that the model generates: names and arguments of functions, transcripts of audio
 * @param tools the names of the tools that the model asks for, each where it is first named
 * @param finishReasons the finish reason of each choice that ends with this chunk, by the index of the choice
 * @param usage the provider's token counts, on the chunk that carries them
 * @param usageOnly true if the chunk exists for its usage alone
 * @param billing attributes of the call that decide on its price: service tier and the provider's own figure
 * @param scores evaluation scores by name that a provider adds to its answer
 */
public record ProviderChunk(
        @Nullable String event,
        String raw,
        @Nullable String id,
        @Nullable String model,
        String content,
        String reasoning,
        String refusal,
        String other,
        List<String> tools,
        Map<Integer, String> finishReasons,
        @Nullable TokenUsage usage,
        boolean usageOnly,
        Map<String, String> billing,
        Map<String, Double> scores) {

    /**
     * Returns an estimate of the output tokens of the chunk.
     *
     * @return the tokens of all texts together
     */
    public int outputTokens() {
        return TokenEstimate.of(content)
                + TokenEstimate.of(reasoning)
                + TokenEstimate.of(refusal)
                + TokenEstimate.of(other);
    }

    /**
     * Returns true if the chunk holds reasoning alone.
     *
     * @return false also for an empty chunk
     */
    public boolean isReasoning() {
        return !reasoning.isEmpty() && content.isEmpty() && refusal.isEmpty() && other.isEmpty();
    }

    static Builder builder(@Nullable String event, String raw) {
        return new Builder(event, raw);
    }

    /** Collects the parts of a chunk; texts add up. */
    static final class Builder {
        private final @Nullable String event;
        private final String raw;
        private @Nullable String id;
        private @Nullable String model;
        private String content = "";
        private String reasoning = "";
        private String refusal = "";
        private String other = "";
        private final List<String> tools = new ArrayList<>(0);
        private final Map<Integer, String> finishReasons = new TreeMap<>();
        private @Nullable TokenUsage usage;
        private boolean usageOnly;
        private Map<String, String> billing = Map.of();
        private Map<String, Double> scores = Map.of();

        private Builder(@Nullable String event, String raw) {
            this.event = event;
            this.raw = raw;
        }

        Builder id(JsonNode id) {
            this.id = id.stringValue(null);
            return this;
        }

        Builder model(JsonNode model) {
            this.model = model.stringValue(null);
            return this;
        }

        void content(String text) {
            content += text;
        }

        void reasoning(String text) {
            reasoning += text;
        }

        void refusal(String text) {
            refusal += text;
        }

        void other(String text) {
            other += text;
        }

        /** Adds the name of a tool, which is output too. */
        void tool(String name) {
            if (!name.isEmpty()) {
                tools.add(name);
                other(name);
            }
        }

        void finishReason(int choice, String reason) {
            finishReasons.put(choice, reason);
        }

        Builder usageOnly(boolean noChoices) {
            usageOnly = noChoices && usage != null;
            return this;
        }

        /** Reads the usage; most chunks have none, and are not parsed again for it. */
        Builder billing(UsageReader.Shape shape, JsonNode root, String json) {
            if (root.hasNonNull("usage") || root.has("x_groq")) {
                billing(UsageReader.read(shape, "", json));
            }
            return this;
        }

        void billing(UsageReading reading) {
            usage = reading.usage().origin() == UsageOrigin.UNKNOWN ? null : reading.usage();
            billing = reading.attributes();
        }

        Builder scores(JsonNode evaluation) {
            if (evaluation.isObject()) {
                Map<String, Double> read = new LinkedHashMap<>();
                evaluation.forEachEntry((name, score) -> {
                    if (score.isNumber()) {
                        read.put(name, score.doubleValue());
                    }
                });
                scores = Map.copyOf(read);
            }
            return this;
        }

        ProviderChunk build() {
            return new ProviderChunk(
                    event,
                    raw,
                    id,
                    model,
                    content,
                    reasoning,
                    refusal,
                    other,
                    List.copyOf(tools),
                    Map.copyOf(finishReasons),
                    usage,
                    usageOnly,
                    billing,
                    scores);
        }
    }
}
