package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.llmops.core.LlmCall;
import dev.llmops.core.privacy.ContentPolicy;
import io.opentelemetry.api.common.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Prompts and answers on spans are what the conventions' own JSON schemas ask for. */
class MessageSchemasTest {

    private static final List<Consumer<LlmCall>> ENDINGS = List.of(
            call -> call.finish("stop"),
            LlmCall::finish,
            LlmCall::cancel,
            call -> call.fail(new IllegalStateException("broken")));

    @TestFactory
    Stream<DynamicTest> messages_are_valid_however_the_call_ends_and_whatever_they_say() {
        return Conventions.all().stream()
                .flatMap(conventions -> Stream.of("", "Hi", "\"}]\u0000\n\u2028\ud83d\ude00\ud83d", "{}".repeat(1000))
                        .flatMap(text -> ENDINGS.stream()
                                .map(ending -> dynamicTest(
                                        conventions.profile + " " + text.length(),
                                        () -> assertValid(conventions, text, ending)))));
    }

    private static void assertValid(Conventions conventions, String text, Consumer<LlmCall> ending) throws IOException {
        Traced traced = new Traced(
                spans -> spans.profile(conventions.profile),
                ops -> ops.contentPolicy(ContentPolicy.builder()
                        .captureContent(true)
                        .showContent(true)
                        .build()));
        ending.accept(traced.chat().start().input(text).output(text));
        Attributes attributes = traced.callSpan().getAttributes();
        for (String messages : new String[] {"input", "output"}) {
            Validator validator = new ValidatorFactory().createValidator();
            var schema = validator.registerSchema(
                    Files.readString(conventions.file("gen-ai-" + messages + "-messages.json")));
            String json = attributes.get(stringKey("gen_ai." + messages + ".messages"));
            assertThat(validator.validate(schema, json).isValid()).as(json).isTrue();
            assertThat(validator.validate(schema, "[{\"role\":\"user\"}]").isValid())
                    .isFalse();
        }
    }
}
