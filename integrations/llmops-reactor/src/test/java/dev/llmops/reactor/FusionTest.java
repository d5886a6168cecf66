package dev.llmops.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class FusionTest {

    private final Rig rig = new Rig();

    @AfterEach
    void disablePropagation() {
        Hooks.disableAutomaticContextPropagation();
    }

    @Test
    void a_synchronous_source_stays_fused() {
        StepVerifier.create(Flux.fromIterable(List.of("hel", "lo")).transform(rig.observe()))
                .expectFusion(Fuseable.SYNC)
                .expectNext("hel", "lo")
                .verifyComplete();
        assertThat(rig.record().usage().outputTokens()).hasValue(5);
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void an_asynchronous_queue_is_not_shared_so_that_items_are_stamped_when_they_arrive() {
        Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
        StepVerifier.create(source.asFlux().transform(rig.observe()))
                .expectFusion(Fuseable.ASYNC, Fuseable.NONE)
                .then(() -> source.tryEmitNext("hello"))
                .expectNext("hello")
                .then(source::tryEmitComplete)
                .verifyComplete();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void a_source_that_cannot_fuse_passes_all_the_same() {
        StepVerifier.create(Flux.just("hel", "lo").hide().transform(rig.observe()))
                .expectNoFusionSupport();
        assertThat(Flux.just("hel", "lo")
                        .hide()
                        .transform(rig.observe())
                        .map(String::length)
                        .collectList()
                        .block())
                .containsExactly(3, 2);
    }

    @Test
    void an_exception_in_a_fused_source_fails_the_call() {
        Flux<String> broken = Flux.fromIterable(List.of(1, 0)).map(number -> "" + 1 / number);
        StepVerifier.create(broken.transform(rig.observe()))
                .expectNext("1")
                .expectError(ArithmeticException.class)
                .verify();
        assertThat(rig.outcomes()).containsExactly(Outcome.FAILED);
    }

    @Test
    void a_fused_stream_that_is_cancelled_cancels_its_call() {
        Flux.fromIterable(List.of("hel", "lo")).transform(rig.observe()).take(1).blockLast();
        assertThat(rig.outcomes()).containsExactly(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void operators_on_both_sides_and_other_threads_change_nothing(boolean propagation) {
        if (propagation) {
            Hooks.enableAutomaticContextPropagation();
        }
        List<String> items = Flux.range(1, 1_000)
                .map(number -> "" + number)
                .transform(rig.observe())
                .filter(text -> !text.isEmpty())
                .publishOn(Schedulers.parallel(), 16)
                .map(text -> text + "!")
                .collectList()
                .block();
        assertThat(items).hasSize(1_000).startsWith("1!").endsWith("1000!");
        assertThat(rig.record().usage().outputTokens()).hasValue(9 + 180 + 2_700 + 4);
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }
}
