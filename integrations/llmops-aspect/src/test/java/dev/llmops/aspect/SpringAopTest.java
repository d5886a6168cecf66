package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.aspect.service.AnswerService;
import dev.llmops.aspect.service.Answers;
import dev.llmops.core.LlmOps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.EnableAspectJAutoProxy;

class SpringAopTest extends WeavingContract {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @EnableAspectJAutoProxy
    static class InterfaceProxies {}

    @EnableAspectJAutoProxy(proxyTargetClass = true)
    static class ClassProxies {}

    @AfterEach
    void close() {
        context.close();
    }

    private Answers start(Class<?> proxies) {
        context.register(proxies);
        context.registerBean(LlmObservedAspect.class, () -> new LlmObservedAspect(llmops));
        context.registerBean(AnswerService.class, AnswerService::new);
        context.refresh();
        return context.getBean(Answers.class);
    }

    @Override
    Answers observed(LlmOps llmops) {
        return start(InterfaceProxies.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {InterfaceProxies.class, ClassProxies.class})
    void tags_are_read_from_the_class_behind_the_proxy(Class<?> proxies) {
        start(proxies).plain("why", "u1");
        assertThat(seen.onlyRecord().info().user()).isEqualTo("u1");
        assertThat(seen.onlyRecord().info().feature()).isEqualTo("support");
        assertThat(seen.onlyRecord().info().provider()).isEqualTo("openai");
        assertThat(seen.onlyRecord().attributes()).containsEntry("question", "why");
    }

    @Test
    void the_future_is_the_one_that_the_method_returned() {
        Answers answers = start(ClassProxies.class);
        assertThat(answers.stage()).isSameAs(answers.stage());
    }
}
