package dev.llmops.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Runs contexts with every auto-configuration of llmops, and a registry of meters if one is wanted. */
public final class LlmOpsContexts {

    private LlmOpsContexts() {}

    /** Returns a runner without any bean of the application. */
    public static ApplicationContextRunner bare() {
        Class<?>[] ours =
                ImportCandidates.load(AutoConfiguration.class, LlmOpsContexts.class.getClassLoader())
                        .getCandidates()
                        .stream()
                        .filter(name -> name.startsWith("dev.llmops."))
                        .map(LlmOpsContexts::load)
                        .toArray(Class<?>[]::new);
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
                .withConfiguration(AutoConfigurations.of(ours))
                .withPropertyValues("llmops.detect-versions=false", "llmops.warm-up=false");
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, LlmOpsContexts.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is in the imports, but not on the class path", e);
        }
    }
}
