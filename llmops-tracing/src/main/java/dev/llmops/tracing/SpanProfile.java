package dev.llmops.tracing;

import dev.llmops.core.record.UsageKind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import java.util.HashMap;
import java.util.Map;

/**
 * The edition of OpenTelemetry's GenAI conventions that names the attributes. All editions are in development.
 *
 * @since 0.1.0
 */
@SuppressWarnings("ImmutableEnumChecker") // The maps and keys are never changed, which their types do not tell.
public enum SpanProfile {

    /** Semantic conventions v1.41, which emitters and dashboards use today; the default. */
    GEN_AI("https://opentelemetry.io/schemas/1.41.0", "cache_creation", AttributeType.DOUBLE, Map.of()),

    /** The GenAI conventions of October 2026, which renamed some of the names and have no release yet. */
    GEN_AI_NEXT(
            "https://opentelemetry.io/schemas/gen-ai/1.42.0",
            "cache_write",
            AttributeType.LONG,
            Map.of(
                    UsageKind.INPUT_TEXT_TOKENS, tokens("text.input"),
                    UsageKind.INPUT_AUDIO_TOKENS, tokens("audio.input"),
                    UsageKind.INPUT_IMAGE_TOKENS, tokens("image.input"),
                    UsageKind.CACHE_TEXT_READ_TOKENS, tokens("text.cache_read.input"),
                    UsageKind.CACHE_AUDIO_READ_TOKENS, tokens("audio.cache_read.input"),
                    UsageKind.CACHE_IMAGE_READ_TOKENS, tokens("image.cache_read.input"),
                    UsageKind.OUTPUT_TEXT_TOKENS, tokens("text.output"),
                    UsageKind.OUTPUT_AUDIO_TOKENS, tokens("audio.output"),
                    UsageKind.OUTPUT_IMAGE_TOKENS, tokens("image.output")));

    private final String schemaUrl;
    private final AttributeKey<Long> cacheWriteTokens;
    private final Map<String, AttributeType> requestAttributeTypes;
    private final Map<UsageKind, AttributeKey<Long>> modalityTokens;

    SpanProfile(
            String schemaUrl,
            String cacheWrite,
            AttributeType topK,
            Map<UsageKind, AttributeKey<Long>> modalityTokens) {
        this.schemaUrl = schemaUrl;
        this.cacheWriteTokens = tokens(cacheWrite + ".input");
        this.modalityTokens = modalityTokens;
        this.requestAttributeTypes = requestAttributeTypes(topK);
    }

    private static AttributeKey<Long> tokens(String what) {
        return AttributeKey.longKey(Keys.USAGE_PREFIX + what + "_tokens");
    }

    private static Map<String, AttributeType> requestAttributeTypes(AttributeType topK) {
        Map<String, AttributeType> types = new HashMap<>();
        for (String name : new String[] {"temperature", "top_p", "frequency_penalty", "presence_penalty"}) {
            types.put("gen_ai.request." + name, AttributeType.DOUBLE);
        }
        for (String name : new String[] {"max_tokens", "choice.count", "seed"}) {
            types.put("gen_ai.request." + name, AttributeType.LONG);
        }
        for (String name : new String[] {"stop_sequences", "encoding_formats"}) {
            types.put("gen_ai.request." + name, AttributeType.STRING_ARRAY);
        }
        types.put("gen_ai.request.top_k", topK);
        types.put("gen_ai.retrieval.top_k", AttributeType.LONG);
        types.put("gen_ai.embeddings.dimension.count", AttributeType.LONG);
        types.put("gen_ai.memory.record.count", AttributeType.LONG);
        types.put("gen_ai.evaluation.score.value", AttributeType.DOUBLE);
        return Map.copyOf(types);
    }

    /**
     * Returns the schema URL of the instrumentation scope.
     *
     * @return a URL by which back ends tell the editions apart
     */
    public String schemaUrl() {
        return schemaUrl;
    }

    AttributeKey<Long> cacheWriteTokens() {
        return cacheWriteTokens;
    }

    /** The attributes of tokens by modality; empty in editions without them. */
    Map<UsageKind, AttributeKey<Long>> modalityTokens() {
        return modalityTokens;
    }

    /** The types of request attributes that are not plain text. */
    Map<String, AttributeType> requestAttributeTypes() {
        return requestAttributeTypes;
    }

    boolean hasPromptVersions() {
        return this == GEN_AI_NEXT;
    }
}
