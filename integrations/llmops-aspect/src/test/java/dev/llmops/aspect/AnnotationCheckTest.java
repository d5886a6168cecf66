package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.aspect.service.AnswerService;
import dev.llmops.core.LlmOps;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;

class AnnotationCheckTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = Scenario.observing(seen);

    static final class NeedsArgument implements TagResolver {

        NeedsArgument(String argument) {}

        @Override
        public Object resolve(Object value) {
            return value;
        }
    }

    static class Wrong {

        @LlmObserved(operation = "Chat completion", deadlineMillis = -1)
        public String operation() {
            return "answer";
        }

        @LlmObserved
        public void tags(
                @LlmTag(field = LlmTag.Field.VERSION) String version,
                @LlmTag(value = "a", key = "b") String twoKeys,
                @LlmTag(field = LlmTag.Field.OUTPUT) String output,
                @LlmTag(expression = "a ==") String expression,
                @LlmTag(resolver = NeedsArgument.class) String resolver) {}

        @LlmObserved
        @LlmTag(field = LlmTag.Field.USER)
        public String userOfResult() {
            return "";
        }

        public void notObserved(@LlmTag("key") String value) {}
    }

    @Test
    void a_check_names_all_problems_at_once_with_their_remedies() {
        assertThatThrownBy(() -> LlmAnnotations.of(llmops).check(Wrong.class))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(
                        "operation of Wrong.operation is 'Chat completion' — lower-case words joined by underscores are"
                                + " allowed — use e.g. chat or embeddings")
                .contains("deadlineMillis of Wrong.operation is -1 — a positive number is allowed")
                .contains("parameter 1 of Wrong.tags: key is empty — VERSION needs one — set key")
                .contains("parameter 2 of Wrong.tags: value is 'a' and key is 'b'")
                .contains("parameter 3 of Wrong.tags: field is OUTPUT — only a result has it")
                .contains("parameter 4 of Wrong.tags: expression is 'a ==' — it cannot be parsed")
                .contains("parameter 5 of Wrong.tags: resolver is " + NeedsArgument.class.getName())
                .contains("the result of Wrong.userOfResult: field is USER — a result may set [ATTRIBUTE, OUTPUT]")
                .contains("@LlmTag on Wrong.notObserved — only observed methods may have it");
    }

    @Test
    void right_annotations_pass_the_check() {
        assertThatCode(() -> LlmAnnotations.of(llmops).check(AnswerService.class))
                .doesNotThrowAnyException();
    }

    @Test
    void a_wrong_annotation_disturbs_no_caller_and_is_counted_once() {
        AspectJProxyFactory factory = new AspectJProxyFactory(new Wrong());
        factory.addAspect(new LlmObservedAspect(llmops));
        Wrong wrong = factory.getProxy();
        assertThat(wrong.operation()).isEqualTo("answer");
        wrong.operation();
        assertThat(seen.records()).hasSize(2);
        assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES))
                .containsExactly(java.util.Map.entry("LlmAnnotations.annotation", 1L));
    }

    @Test
    void a_proxy_needs_an_interface() {
        assertThatThrownBy(() -> LlmProxy.of(llmops, Wrong.class, new Wrong()))
                .hasMessageContaining("only an interface can be proxied");
    }
}
