package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.logging.JsonLinesFile;
import dev.llmops.spring.boot.logging.CallLogBuilderCustomizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;

class LlmOpsAutoConfigurationTest {

    private final ApplicationContextRunner contexts = LlmOpsContexts.bare();

    @Test
    void an_application_without_settings_has_one_llmops() {
        contexts.run(context -> assertThat(context).hasSingleBean(LlmOps.class));
    }

    @Test
    void nothing_is_configured_when_disabled() {
        contexts.withPropertyValues("llmops.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(LlmOps.class)
                        .doesNotHaveBean(LlmListener.class)
                        .doesNotHaveBean(CallEnricher.class));
    }

    @Test
    void listeners_of_the_application_see_every_call() {
        contexts.withBean(RecordingListener.class).run(context -> {
            context.getBean(LlmOps.class)
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .start()
                    .finish("stop");
            assertThat(context.getBean(RecordingListener.class)
                            .onlyRecord()
                            .info()
                            .requestModel())
                    .isEqualTo("gpt-4o");
        });
    }

    @Test
    void versions_of_the_properties_answer_calls() {
        contexts.withPropertyValues("llmops.versions.prompt=support-v12", "llmops.versions.model=m1")
                .run(context -> assertThat(
                                context.getBean(LlmOps.class).versionSet().parts())
                        .containsEntry("prompt", "support-v12")
                        .containsEntry("model", "m1")
                        .hasSize(2));
    }

    @Test
    void an_error_classifier_of_the_application_is_asked_first() {
        ErrorKind quota = new ErrorKind("quota_service_down", true);
        contexts.withBean(ErrorClassifier.class, () -> error -> CallError.of(quota))
                .withBean(RecordingListener.class)
                .run(context -> {
                    context.getBean(LlmOps.class)
                            .call(Operation.CHAT, "openai", "gpt-4o")
                            .start()
                            .fail(new IllegalStateException());
                    assertThat(context.getBean(RecordingListener.class)
                                    .onlyRecord()
                                    .error()
                                    .kind())
                            .isEqualTo(quota);
                });
    }

    @Test
    void customizers_have_the_last_word() {
        RecordingListener added = new RecordingListener();
        contexts.withBean(LlmOpsBuilderCustomizer.class, () -> builder -> builder.listener(added))
                .run(context -> {
                    context.getBean(LlmOps.class)
                            .call(Operation.CHAT, "openai", "gpt-4o")
                            .start()
                            .finish("stop");
                    assertThat(added.onlyRecord()).isNotNull();
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Lines {

        @Bean
        CallLogBuilderCustomizer lines() {
            return log -> log.sink(JsonLinesFile.at(Path.of("target", "calls.jsonl")));
        }
    }

    @Test
    void a_customizer_of_one_view_adds_to_it() throws IOException {
        Path lines = Path.of("target", "calls.jsonl");
        Files.deleteIfExists(lines);
        contexts.withUserConfiguration(Lines.class).run(context -> {
            context.getBean(LlmOps.class)
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .start()
                    .finish("stop");
            assertThat(lines).content().contains("\"model_id\":\"gpt-4o\"");
        });
    }

    @Test
    void beans_of_the_application_replace_ours() {
        LlmOps own = LlmOps.builder().build();
        ContentPolicy policy = ContentPolicy.builder().captureContent(true).build();
        Telemetry telemetry = new Telemetry();
        contexts.withBean("own", LlmOps.class, () -> own)
                .withBean(ContentPolicy.class, () -> policy)
                .withBean(Telemetry.class, () -> telemetry)
                .run(context -> {
                    assertThat(context.getBean(LlmOps.class)).isSameAs(own);
                    assertThat(context.getBean(ContentPolicy.class)).isSameAs(policy);
                    assertThat(context.getBean(Telemetry.class)).isSameAs(telemetry);
                });
    }

    @Test
    void closing_the_context_closes_the_library_and_a_restart_measures_again() {
        AtomicReference<LlmOps> first = new AtomicReference<>();
        contexts.run(context -> first.set(context.getBean(LlmOps.class)));
        contexts.withBean(RecordingListener.class).run(context -> {
            assertThat(context.getBean(LlmOps.class)).isNotSameAs(first.get());
            context.getBean(LlmOps.class)
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .start()
                    .finish("stop");
            assertThat(context.getBean(RecordingListener.class).onlyRecord()).isNotNull();
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void calls_on_virtual_threads_are_measured() {
        contexts.withBean(RecordingListener.class).run(context -> {
            LlmOps llmops = context.getBean(LlmOps.class);
            new VirtualThreadTaskExecutor()
                    .submit(() -> llmops.observe(llmops.call(Operation.CHAT, "openai", "gpt-4o"), call -> "answer"))
                    .get();
            assertThat(context.getBean(RecordingListener.class).onlyRecord()).isNotNull();
        });
    }
}
