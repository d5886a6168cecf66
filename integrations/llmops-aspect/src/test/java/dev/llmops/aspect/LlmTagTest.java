package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LlmTagTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder()
            .detectVersions(false)
            .contentPolicy(ContentPolicy.builder().captureContent(true).build())
            .listener(seen)
            .build();

    record Tenant(String id) {}

    record Session(Tenant tenant, String user) {}

    record Answer(String text, List<String> sources) {}

    static final class UpperCase implements TagResolver {
        @Override
        public Object resolve(Object value) {
            return value.toString().toUpperCase(java.util.Locale.ROOT);
        }
    }

    interface Chat {

        @LlmObserved(provider = "openai", model = "gpt-4o", feature = "support")
        String facts(
                @LlmTag(field = LlmTag.Field.USER, expression = "user")
                        @LlmTag(field = LlmTag.Field.TENANT, expression = "tenant().id()")
                        Session session,
                @LlmTag(field = LlmTag.Field.REQUEST_ID) String requestId,
                @LlmTag(field = LlmTag.Field.CONVERSATION_ID) String conversationId,
                @LlmTag(field = LlmTag.Field.VERSION, key = "prompt") String promptVersion,
                @LlmTag(field = LlmTag.Field.MODEL) @Nullable String model);

        @LlmObserved
        String attributes(
                @LlmTag("channel") String channel,
                @LlmTag(key = "depth") int depth,
                @LlmTag("share") double share,
                @LlmTag("beta") boolean beta,
                @LlmTag("stops") List<String> stops,
                @LlmTag(value = "loud", resolver = UpperCase.class) String quiet,
                @LlmTag String named,
                @LlmTag("none") @Nullable String none,
                @LlmTag("some") Optional<String> some);

        @LlmObserved
        @LlmTag(key = "cited", expression = "sources().size()")
        @LlmTag(field = LlmTag.Field.OUTPUT, expression = "text()")
        Answer answer(@LlmTag(field = LlmTag.Field.INPUT) String question);

        @LlmObserved
        String fails(@LlmTag(key = "length", expression = "missing.property") String text);
    }

    static class ChatService implements Chat {
        @Override
        public String facts(
                Session session, String requestId, String conversationId, String promptVersion, String model) {
            return "";
        }

        @Override
        public String attributes(
                String channel,
                int depth,
                double share,
                boolean beta,
                List<String> stops,
                String quiet,
                String named,
                String none,
                Optional<String> some) {
            return "";
        }

        @Override
        public Answer answer(String question) {
            return new Answer("Paris", List.of("a", "b"));
        }

        @Override
        public String fails(String text) {
            return text;
        }
    }

    private CallRecord record(Consumer<Chat> use) {
        use.accept(LlmProxy.of(llmops, Chat.class, new ChatService()));
        return seen.onlyRecord();
    }

    @Test
    void parameters_set_the_facts_of_the_call() {
        Session session = new Session(new Tenant("acme"), "u1");
        CallInfo info = record(chat -> chat.facts(session, "r-1", "c-1", "v12", "gpt-4o-mini"))
                .info();
        assertThat(info.user()).isEqualTo("u1");
        assertThat(info.tenant()).isEqualTo("acme");
        assertThat(info.requestId()).isEqualTo("r-1");
        assertThat(info.conversationId()).isEqualTo("c-1");
        assertThat(info.feature()).isEqualTo("support");
        assertThat(info.requestModel()).isEqualTo("gpt-4o-mini");
        assertThat(info.versionSet().part("prompt")).hasValue("v12");
    }

    @Test
    void a_parameter_that_is_null_leaves_the_fact_of_the_annotation() {
        Session session = new Session(new Tenant("acme"), "u1");
        CallInfo info =
                record(chat -> chat.facts(session, "r-1", "c-1", "v12", null)).info();
        assertThat(info.requestModel()).isEqualTo("gpt-4o");
    }

    @Test
    void attributes_keep_the_type_of_their_value() {
        Map<String, Object> attributes = record(chat -> chat.attributes(
                        "web", 3, 0.5, true, List.of("\n"), "quiet", "by name", null, Optional.of("there")))
                .attributes();
        assertThat(attributes)
                .containsOnly(
                        Map.entry("channel", "web"),
                        Map.entry("depth", 3L),
                        Map.entry("share", 0.5),
                        Map.entry("beta", true),
                        Map.entry("stops", List.of("\n")),
                        Map.entry("loud", "QUIET"),
                        Map.entry("named", "by name"),
                        Map.entry("some", "there"));
    }

    @Test
    void the_result_sets_attributes_and_the_answer() {
        CallRecord record = record(chat -> chat.answer("Capital of France?"));
        assertThat(record.attributes()).containsExactly(Map.entry("cited", 2L));
        assertThat(record.content()).isEqualTo(new Content("Capital of France?", "Paris"));
    }

    @Test
    void a_tag_that_cannot_be_read_is_left_out_and_counted() {
        CallRecord record = record(chat -> assertThat(chat.fails("text")).isEqualTo("text"));
        assertThat(record.attributes()).isEmpty();
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, "LlmTag")).isEqualTo(1);
    }
}
