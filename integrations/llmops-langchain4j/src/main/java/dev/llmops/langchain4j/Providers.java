package dev.llmops.langchain4j;

import dev.langchain4j.model.ModelProvider;
import java.util.Locale;

/** Names providers as OpenTelemetry's {@code gen_ai.provider.name} does. */
final class Providers {

    private Providers() {}

    static String name(ModelProvider provider) {
        // By name, since later versions of LangChain4j have more providers than this was compiled with.
        return switch (provider.name()) {
            case "OPEN_AI" -> "openai";
            case "AMAZON_BEDROCK" -> "aws.bedrock";
            case "AZURE_OPEN_AI" -> "azure.ai.openai";
            case "GITHUB_MODELS", "MICROSOFT_FOUNDRY" -> "azure.ai.inference";
            case "GOOGLE_AI_GEMINI", "GOOGLE_GENAI" -> "gcp.gemini";
            case "GOOGLE_VERTEX_AI_GEMINI", "GOOGLE_VERTEX_AI_ANTHROPIC" -> "gcp.vertex_ai";
            case "WATSONX" -> "ibm.watsonx.ai";
            default -> provider.name().toLowerCase(Locale.ROOT);
        };
    }
}
