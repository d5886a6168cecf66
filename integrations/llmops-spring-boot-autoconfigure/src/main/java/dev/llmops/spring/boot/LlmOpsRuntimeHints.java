package dev.llmops.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Keeps the files that the library reads from its jars in a native image. */
final class LlmOpsRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("dev/llmops/**/*.json")
                .registerPattern("dev/llmops/**/*.yml")
                .registerPattern("dev/llmops/**/*.lua")
                .registerPattern("dev/llmops/**/*.sql")
                .registerPattern("dev/llmops/**/*.txt")
                .registerPattern("META-INF/build-info.properties")
                .registerPattern("git.properties")
                .registerPattern("META-INF/services/dev.llmops.*");
    }
}
