package dev.llmops.spring.boot.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.aspect.LlmObserved;
import dev.llmops.aspect.LlmTag;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

class AnnotatedBeanTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Answers answers() {
            return new Answers();
        }

        @Bean
        RecordingListener calls() {
            return new RecordingListener();
        }
    }

    static class Answers {

        @LlmObserved(provider = "openai", model = "${model:gpt-4o}", feature = "support")
        public String ask(@LlmTag(field = LlmTag.Field.USER) String user) {
            return "answer for " + user;
        }

        @LlmObserved(provider = "openai", model = "gpt-4o", streaming = true)
        public Flux<String> stream() {
            return Flux.just("It", "is", "sunny");
        }
    }

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("llmops.warm-up=false", "management.tracing.export.enabled=false", "model=gpt-4o-mini");

    @Test
    void an_annotated_method_of_a_bean_is_a_call() {
        contexts.run(context -> {
            assertThat(context.getBean(Answers.class).ask("u1")).isEqualTo("answer for u1");
            CallRecord record = context.getBean(RecordingListener.class).onlyRecord();
            assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(record.info().requestModel()).isEqualTo("gpt-4o-mini");
            assertThat(record.info().feature()).isEqualTo("support");
        });
    }

    @Test
    void a_flux_is_measured_from_subscription_to_its_end() {
        contexts.run(context -> {
            RecordingListener calls = context.getBean(RecordingListener.class);
            Flux<String> answer = context.getBean(Answers.class).stream();
            assertThat(calls.records()).isEmpty();
            assertThat(answer.collectList().block()).containsExactly("It", "is", "sunny");
            assertThat(calls.onlyRecord().timing().timeToFirstTokenNanos()).isPresent();
        });
    }

    @Test
    void beans_are_left_alone_when_disabled() {
        contexts.withPropertyValues("llmops.aspect.enabled=false")
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(Answers.class)))
                        .isFalse());
    }
}
