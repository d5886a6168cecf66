package dev.llmops.cost.book;

import java.util.List;

/** Names of one and the same provider in telemetry conventions and price lists. */
final class ProviderNames {

    private static final List<List<String>> SYNONYMS = List.of(
            List.of("azure", "azure.ai.openai", "azure.ai.inference", "azure_openai", "azure-openai"),
            List.of("aws", "aws.bedrock", "bedrock", "bedrock_converse", "amazon-bedrock"),
            List.of("google", "gemini", "gcp.gemini", "gcp.gen_ai", "google_genai", "google-ai-studio"),
            List.of("vertex_ai", "gcp.vertex_ai", "vertexai", "vertex"),
            List.of("xai", "x_ai", "x-ai"),
            List.of("mistral", "mistral_ai", "mistralai"),
            List.of("together", "together_ai", "togetherai"),
            List.of("fireworks", "fireworks_ai"),
            List.of("dashscope", "alibaba", "qwen"),
            List.of("moonshot", "moonshotai", "moonshot_ai"),
            List.of("zai", "zhipuai", "z.ai"),
            List.of("watsonx", "ibm.watsonx.ai"));

    private ProviderNames() {}

    /** All names of the provider that has this one, itself included. */
    static List<String> synonyms(String lowerCaseName) {
        return SYNONYMS.stream()
                .filter(names -> names.contains(lowerCaseName))
                .findFirst()
                .orElse(List.of(lowerCaseName));
    }
}
