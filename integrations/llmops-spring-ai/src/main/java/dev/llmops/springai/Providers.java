package dev.llmops.springai;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names providers as OpenTelemetry's {@code gen_ai.provider.name} does, by the package of Spring AI's module for them. */
final class Providers {

    private static final String SPRING_AI = "org.springframework.ai.";
    private static final String UNKNOWN = "spring_ai";

    private static final Map<String, String> NAMES = Map.of(
            "openai", "openai",
            "anthropic", "anthropic",
            "azure", "azure.ai.openai",
            "bedrock", "aws.bedrock",
            "google", "gcp.gemini",
            "vertexai", "gcp.vertex_ai",
            "mistralai", "mistral_ai",
            "deepseek", "deepseek",
            "ollama", "ollama");

    private Providers() {}

    /** Returns the provider to which options or a model belong, or {@code spring_ai} if it is not known. */
    static String of(@Nullable Object optionsOrModel) {
        String name = optionsOrModel == null ? "" : optionsOrModel.getClass().getName();
        if (!name.startsWith(SPRING_AI)) {
            return UNKNOWN;
        }
        int end = name.indexOf('.', SPRING_AI.length());
        return NAMES.getOrDefault(name.substring(SPRING_AI.length(), end), UNKNOWN);
    }
}
