package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.RecordingListener;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class JoiningTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = Scenario.observing(seen);
    private final Chat chat = LlmProxy.of(llmops, Chat.class, new ChatOverClient());

    @LlmObserved(provider = "openai", model = "gpt-4o")
    interface Chat {

        String ask();

        Flux<String> stream();

        Flow.Publisher<String> publisher();
    }

    /** Uses a client with an integration of its own. */
    private final class ChatOverClient implements Chat {

        @Override
        public String ask() {
            return llmops.observe(
                    llmops.call(Operation.CHAT, "openai", "gpt-4o").joining(), call -> {
                        call.usage(TokenUsage.inclusive(21, 4)).responseModel("gpt-4o-2024-08-06");
                        return "hello";
                    });
        }

        @Override
        public Flow.Publisher<String> publisher() {
            return FlowAdapters.toFlowPublisher(Flux.just("hello"));
        }

        @Override
        public Flux<String> stream() {
            return Flux.deferContextual(context -> {
                        LlmCall part = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                                .joining(context.get(LlmCall.class))
                                .start();
                        part.chunk(7);
                        return Mono.just("hello")
                                .doFinally(signal ->
                                        part.usage(TokenUsage.inclusive(21, 7)).finish("stop"));
                    })
                    .subscribeOn(Schedulers.parallel());
        }
    }

    @Test
    void a_call_that_the_consumer_makes_for_an_item_is_a_call_of_its_own() {
        Flux.from(FlowAdapters.toPublisher(chat.publisher()))
                .doOnNext(item -> chat.ask())
                .blockLast();
        assertThat(seen.records()).hasSize(2);
    }

    @Test
    void an_integration_inside_the_method_joins_its_call() {
        chat.ask();
        CallRecord record = seen.onlyRecord();
        assertThat(record.usage().outputTokens()).hasValue(4);
        assertThat(record.responseModel()).isEqualTo("gpt-4o-2024-08-06");
    }

    @Test
    void an_integration_inside_a_flux_finds_the_call_in_the_context_on_any_thread() {
        assertThat(chat.stream().blockLast()).isEqualTo("hello");
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(7);
    }
}
