package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.response.ResponseReader;
import dev.llmops.core.testing.RecordingListener;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;

/** Runs the code of docs/annotations.md. */
class AnnotationsGuideTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = Scenario.observing(seen);

    /** A client of a provider, as an application has one. */
    static class Client {

        Flux<String> stream(String question) {
            return Flux.just("It is ", "Paris.");
        }

        ChatAnswer ask(String question) {
            return new ChatAnswer("Paris", "gpt-4o-2024-08-06", 812, 333, List.of("atlas"));
        }
    }

    record ChatAnswer(String text, String model, long inputTokens, long outputTokens, List<String> sources) {}

    record Tenant(String id) {}

    record Session(String user, Tenant tenant) {}

    private static final Client client = new Client();

    @LlmObserved(provider = "openai", model = "gpt-4o", feature = "support")
    static class SupportChat {

        public Flux<String> stream(
                String question,
                @LlmTag(field = LlmTag.Field.USER) String user,
                @LlmTag(field = LlmTag.Field.TENANT) String tenant) {
            return client.stream(question);
        }
    }

    @Configuration
    @EnableAspectJAutoProxy
    static class Observability {

        @Bean
        LlmObservedAspect llmObservedAspect(LlmOps llmops, Environment environment) {
            return new LlmObservedAspect(LlmAnnotations.builder(llmops)
                    .placeholders(environment::resolvePlaceholders)
                    .build());
        }
    }

    @Test
    void a_flux_is_measured_from_its_subscription_to_its_end() {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.register(Observability.class, SupportChat.class);
            context.registerBean(LlmOps.class, () -> llmops);
            context.refresh();
            SupportChat chat = context.getBean(SupportChat.class);
            chat.stream("Capital of France?", "u1", "acme").blockLast();
        }
        assertThat(seen.onlyRecord().info().feature()).isEqualTo("support");
        assertThat(seen.onlyRecord().info().user()).isEqualTo("u1");
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(2);
    }

    interface Tutor {

        @LlmObserved(provider = "openai", model = "gpt-4o")
        @LlmTag(key = "cited", expression = "sources().size()")
        ChatAnswer answer(
                @LlmTag(field = LlmTag.Field.INPUT) String question,
                @LlmTag(field = LlmTag.Field.USER, expression = "user()")
                        @LlmTag(field = LlmTag.Field.TENANT, expression = "tenant().id()")
                        Session session,
                @LlmTag(field = LlmTag.Field.VERSION, key = "prompt") String promptVersion,
                @LlmTag("channel") String channel);
    }

    static class ChatReader implements ResponseReader {

        @Override
        public boolean supports(Class<?> type) {
            return type == ChatAnswer.class;
        }

        @Override
        public void readResponse(Object response, LlmCall call) {
            ChatAnswer answer = (ChatAnswer) response;
            call.usage(TokenUsage.inclusive(answer.inputTokens(), answer.outputTokens()))
                    .responseModel(answer.model());
        }

        @Override
        public void readChunk(Object chunk, LlmCall call) {
            call.chunk(((ChatAnswer) chunk).text().isEmpty() ? 0 : 1);
        }
    }

    @Test
    void a_proxy_reads_tags_and_usage() {
        Tutor target = (question, session, promptVersion, channel) -> client.ask(question);

        LlmAnnotations annotations =
                LlmAnnotations.builder(llmops).reader(new ChatReader()).build();
        Tutor tutor = LlmProxy.of(annotations, Tutor.class, target);

        tutor.answer("Capital of France?", new Session("u1", new Tenant("acme")), "v12", "web");
        CallRecord record = seen.onlyRecord();
        assertThat(record.info().tenant()).isEqualTo("acme");
        assertThat(record.info().versionSet().part("prompt")).hasValue("v12");
        assertThat(record.usage().inputTokens()).hasValue(812);
        assertThat(record.responseModel()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(record.attributes()).containsOnly(Map.entry("channel", "web"), Map.entry("cited", 1L));
    }

    static class Documents {

        @LlmPhase("retrieval")
        List<String> search(String question) {
            return List.of("atlas");
        }

        @LlmTool("weather")
        String weather(String city) {
            return "rain";
        }
    }

    @Test
    void phases_and_tools_belong_to_the_call_that_is_current() {
        AspectJProxyFactory factory = new AspectJProxyFactory(new Documents());
        factory.addAspect(new LlmObservedAspect(llmops));
        Documents documents = factory.getProxy();
        Tutor target = (question, session, promptVersion, channel) -> {
            documents.search(question);
            documents.weather("Paris");
            return client.ask(question);
        };
        LlmProxy.of(llmops, Tutor.class, target).answer("?", new Session("u1", new Tenant("acme")), "v12", "web");
        assertThat(seen.onlyRecord().timing().phases()).hasSize(1);
        assertThat(seen.onlyRecord().toolCalls()).hasSize(1);
    }

    @Test
    void weaving_needs_one_line_when_the_application_starts() {
        LlmObservedAspect.aspectOf().use(llmops);
        assertThat(LlmObservedAspect.hasAspect()).isTrue();
    }

    @Test
    void annotations_can_be_checked_when_the_application_starts() {
        assertThatCode(() -> {
                    LlmAnnotations.of(llmops).check(SupportChat.class, Documents.class);
                })
                .doesNotThrowAnyException();
    }
}
