package dev.llmops.samples.micronaut;

import dev.llmops.samples.provider.KeylessProvider;
import io.micronaut.runtime.Micronaut;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the sample. */
final class WorkshopApplication {

    private WorkshopApplication() {}

    public static void main(String[] arguments) {
        Micronaut.build(arguments)
                .mainClass(WorkshopApplication.class)
                .banner(false)
                .properties(openAi(System.getenv("OPENAI_API_KEY")))
                .start();
    }

    /** Without a key a provider in this process answers. */
    private static Map<String, Object> openAi(@Nullable String key) {
        return key == null
                ? Map.of("openai.url", KeylessProvider.start(pace()).address().toString(), "openai.key", "none")
                : Map.of("openai.url", "https://api.openai.com/v1", "openai.key", key);
    }

    private static Duration pace() {
        return Duration.parse(System.getProperty("keyless.pace", "PT0.02S"));
    }
}
