package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

class AotTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @Test
    @CompileWithForkedClassLoader
    @SuppressWarnings("unchecked")
    void a_context_that_was_prepared_ahead_of_time_starts_and_measures() {
        TestGenerationContext generation = new TestGenerationContext();
        var name = new ApplicationContextAotGenerator().processAheadOfTime(context(), generation);
        generation.writeGeneratedContent();
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            GenericApplicationContext prepared = new GenericApplicationContext();
            compiled.getInstance(ApplicationContextInitializer.class, name.toString())
                    .initialize(prepared);
            prepared.refresh();
            assertThat(prepared.getBeansOfType(LlmOps.class)).hasSize(1);
            prepared.close();
        });
    }

    private static GenericApplicationContext context() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("llmops.budgets.user", "2.00/day")));
        context.register(Application.class);
        return context;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev/llmops/cost/book/bundled-prices.yml",
                "dev/llmops/cost/book/price-book.schema.json",
                "dev/llmops/cost/budget/internal/settle.lua",
                "dev/llmops/cost/ledger/internal/jdbc/schema-1.sql",
                "dev/llmops/redaction/internal/secret/vendor-keys.txt",
                "dev/llmops/slo/objectives.schema.json"
            })
    void a_native_image_keeps_the_files_that_the_library_reads(String file) {
        RuntimeHints hints = new RuntimeHints();
        new LlmOpsRuntimeHints().registerHints(hints, getClass().getClassLoader());
        assertThat(getClass().getClassLoader().getResource(file)).isNotNull();
        assertThat(RuntimeHintsPredicates.resource().forResource(file)).accepts(hints);
    }
}
