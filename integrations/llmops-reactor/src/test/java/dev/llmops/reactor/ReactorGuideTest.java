package dev.llmops.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.response.ResponseReaders;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Runs the code of docs/reactor.md. */
class ReactorGuideTest {

    private final Rig rig = new Rig();
    private final LlmOps llmops = rig.llmops;
    private final Client client = new Client();
    private final String question = "Capital of France?";

    record Chunk(String text, int tokens) {}

    /** Fails once, then answers. */
    private static final class Client {

        private final AtomicInteger requests = new AtomicInteger();

        Flux<Chunk> stream(String question) {
            return Flux.defer(() -> requests.getAndIncrement() == 0
                    ? Flux.error(new IOException())
                    : Flux.just(new Chunk("It is ", 2), new Chunk("Paris.", 1)));
        }

        Mono<String> ask(String question) {
            return Mono.just("Paris");
        }
    }

    @Test
    void attempts_below_the_operator_are_one_call() {
        Flux<Chunk> answer = client.stream(question)
                .retryWhen(Retry.max(2))
                .timeout(Duration.ofSeconds(30))
                .transform(LlmReactor.observe(
                        llmops,
                        context -> llmops.call(Operation.CHAT, "openai", "gpt-4o")
                                .user(context.get("user"))
                                .streaming(true),
                        (chunk, call) -> call.chunk(chunk.tokens())));

        answer.contextWrite(context -> context.put("user", "u1")).blockLast();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
        assertThat(rig.record().usage().outputTokens()).hasValue(3);
    }

    @Test
    void readers_read_what_they_know() {
        ResponseReaders readers = ResponseReaders.of(llmops.telemetry());
        Mono<String> answer = client.ask(question)
                .transform(LlmReactor.observe(
                        llmops, context -> llmops.call(Operation.CHAT, "openai", "gpt-4o"), readers));

        assertThat(answer.block()).isEqualTo("Paris");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void code_above_the_operator_finds_the_call_in_the_context() {
        Flux<String> answer = Flux.deferContextual(context -> {
            LlmCall call = context.get(LlmCall.class);
            return Flux.just("Paris").doOnNext(text -> call.attribute("city", text));
        });
        answer.transform(rig.observe()).blockLast();
        assertThat(rig.record().attributes()).containsEntry("city", "Paris");
    }
}
