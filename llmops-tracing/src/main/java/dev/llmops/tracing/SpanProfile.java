package dev.llmops.tracing;

/**
 * Which edition of OpenTelemetry's GenAI conventions names the attributes. All of them are in development; what both
 * editions share has the same name in both.
 *
 * @since 0.1.0
 */
public enum SpanProfile {

    /** Semantic conventions v1.41, which emitters and dashboards use today; the default. */
    GEN_AI("https://opentelemetry.io/schemas/1.41.0", "gen_ai.usage.cache_creation.input_tokens"),

    /** The GenAI conventions of October 2026, which renamed some of the names and have no release yet. */
    GEN_AI_NEXT("https://opentelemetry.io/schemas/gen-ai/1.42.0", "gen_ai.usage.cache_write.input_tokens");

    private final String schemaUrl;
    private final String cacheWriteTokens;

    SpanProfile(String schemaUrl, String cacheWriteTokens) {
        this.schemaUrl = schemaUrl;
        this.cacheWriteTokens = cacheWriteTokens;
    }

    /**
     * The schema URL of the instrumentation scope.
     *
     * @return a URL by which back ends tell the editions apart
     */
    public String schemaUrl() {
        return schemaUrl;
    }

    String cacheWriteTokens() {
        return cacheWriteTokens;
    }
}
