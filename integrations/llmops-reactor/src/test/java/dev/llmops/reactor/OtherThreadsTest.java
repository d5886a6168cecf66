package dev.llmops.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Blocking code on another thread finds the call around it where automatic context propagation is on. */
class OtherThreadsTest {

    private final Rig rig = new Rig();
    private final Scheduler worker = Schedulers.newSingle("worker", true);

    @AfterEach
    void close() {
        Hooks.disableAutomaticContextPropagation();
        worker.dispose();
        rig.llmops.close();
    }

    /** Stands for a client that blocks and is measured by another integration. */
    private String ask() {
        LlmCall inner = rig.call().joining().start();
        inner.chunk(3);
        inner.finish("stop");
        return "sunny";
    }

    @Test
    void a_blocking_client_after_subscribeOn_joins_the_call() {
        Hooks.enableAutomaticContextPropagation();
        assertThat(Mono.fromCallable(this::ask)
                        .subscribeOn(worker)
                        .transform(rig.observe())
                        .block())
                .isEqualTo("sunny");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
        assertThat(rig.record().usage().outputTokens()).hasValue(3);
    }

    @Test
    void a_blocking_client_after_publishOn_joins_the_call() {
        Hooks.enableAutomaticContextPropagation();
        Flux<String> answer =
                Flux.just("question").publishOn(worker).map(question -> ask()).transform(rig.observe());
        assertThat(answer.collectList().block()).containsExactly("sunny");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void the_example_of_the_guide_is_one_call() {
        Function<Publisher<String>, Publisher<String>> observe = rig.observe();
        Hooks.enableAutomaticContextPropagation();
        Mono<String> answer = Mono.fromCallable(this::ask).subscribeOn(worker).transform(observe);
        assertThat(answer.block()).isEqualTo("sunny");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void without_propagation_it_is_a_call_of_its_own() {
        Mono.fromCallable(this::ask)
                .subscribeOn(worker)
                .transform(rig.observe())
                .block();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED, Outcome.COMPLETED);
    }

    @Test
    void what_the_consumer_does_with_an_item_does_not_join() {
        Hooks.enableAutomaticContextPropagation();
        List<Boolean> isCurrent = Flux.just("One", "two")
                .subscribeOn(worker)
                .transform(rig.observe())
                .map(text -> rig.llmops.currentCall().isPresent())
                .collectList()
                .block();
        assertThat(isCurrent).containsExactly(false, false);
    }

    @Test
    void what_the_consumer_does_on_a_third_thread_does_not_join() {
        Hooks.enableAutomaticContextPropagation();
        List<Boolean> isCurrent = Flux.just("One", "two")
                .subscribeOn(worker)
                .transform(rig.observe())
                .publishOn(Schedulers.parallel())
                .map(text -> rig.llmops.currentCall().isPresent())
                .collectList()
                .block();
        assertThat(isCurrent).containsExactly(false, false);
    }

    @Test
    void the_worker_is_left_without_a_call() {
        Hooks.enableAutomaticContextPropagation();
        Mono.fromCallable(this::ask)
                .subscribeOn(worker)
                .transform(rig.observe())
                .block();
        Optional<LlmCall> afterwards = Mono.fromCallable(() -> rig.llmops.currentCall())
                .subscribeOn(worker)
                .block();
        assertThat(afterwards).isEmpty();
        assertThat(rig.llmops.currentCall()).isEmpty();
    }

    @Test
    void a_call_around_the_stream_is_current_again_for_its_consumer() {
        Hooks.enableAutomaticContextPropagation();
        LlmCall agent = rig.llmops
                .call(dev.llmops.core.record.Operation.INVOKE_AGENT, "app", "assistant")
                .start();
        try (var scope = agent.makeCurrent()) {
            Optional<LlmCall> ofConsumer = Flux.just("One")
                    .subscribeOn(worker)
                    .transform(rig.observe())
                    .map(text -> rig.llmops.currentCall())
                    .blockFirst();
            assertThat(ofConsumer).containsSame(agent);
        }
        agent.finish();
    }
}
