package dev.llmops.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.response.ResponseReaders;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

class LlmReactorTest {

    private final Rig rig = new Rig();

    @Test
    void a_stream_that_completes_completes_its_call_and_passes_unchanged() {
        List<String> items =
                Flux.just("hel", "lo").transform(rig.observe()).collectList().block();
        assertThat(items).containsExactly("hel", "lo");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.record().usage().outputTokens()).hasValue(5);
    }

    @Test
    void nothing_starts_before_the_subscription() {
        Flux.just("hello").transform(rig.observe());
        assertThat(rig.seen.started()).isEmpty();
    }

    @Test
    void the_clock_starts_at_the_subscription() {
        TestPublisher<String> source = TestPublisher.create();
        Flux<String> observed = source.flux().transform(rig.observe());
        rig.ticker.advanceMillis(1_000);
        observed.subscribe();
        rig.ticker.advanceMillis(250);
        source.next("hi").complete();
        assertThat(rig.record().timing().timeToFirstTokenNanos()).hasValue(250_000_000);
    }

    @Test
    void an_error_fails_the_call_and_reaches_the_subscriber() {
        Flux<String> broken = Flux.concat(Flux.just("hel"), Flux.error(new EOFException("cut")));
        StepVerifier.create(broken.transform(rig.observe()))
                .expectNext("hel")
                .expectErrorMessage("cut")
                .verify();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.record().usage().outputTokens()).hasValue(3);
    }

    @Test
    void a_cancel_cancels_the_call_and_the_source() {
        TestPublisher<String> source = TestPublisher.create();
        Disposable subscription = source.flux().transform(rig.observe()).subscribe();
        source.next("hel");
        subscription.dispose();
        source.assertCancelled();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void items_after_a_cancel_are_not_reported() {
        TestPublisher<String> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        AtomicInteger read = new AtomicInteger();
        source.flux()
                .transform(
                        LlmReactor.observe(rig.llmops, context -> rig.call(), (text, call) -> read.incrementAndGet()))
                .subscribe()
                .dispose();
        source.next("late");
        assertThat(read).hasValue(0);
    }

    @Test
    void a_timeout_above_the_operator_is_a_timeout_of_the_call() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Flux.<String>never()
                .timeout(Duration.ofSeconds(1), time)
                .transform(rig.observe())
                .subscribe(item -> {}, error -> {});
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(rig.record().outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void a_timeout_below_the_operator_is_a_timeout_once_the_deadline_has_passed() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Flux.<String>never()
                .transform(LlmReactor.observe(
                        rig.llmops, context -> rig.call().deadline(Duration.ofSeconds(1)), (text, call) -> {}))
                .timeout(Duration.ofSeconds(1), time)
                .subscribe(item -> {}, error -> {});
        rig.ticker.advanceMillis(1_000);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(rig.record().outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void each_retry_is_a_call_of_its_own() {
        AtomicInteger attempts = new AtomicInteger();
        Flux<String> flaky =
                Flux.defer(() -> attempts.getAndIncrement() == 0 ? Flux.error(new EOFException()) : Flux.just("hello"));
        flaky.transform(rig.observe()).retryWhen(Retry.max(1)).blockLast();
        assertThat(rig.outcomes()).containsExactly(Outcome.FAILED, Outcome.COMPLETED);
    }

    @Test
    void each_repeat_is_a_call_of_its_own() {
        Flux.just("hello").transform(rig.observe()).repeat(2).blockLast();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED, Outcome.COMPLETED, Outcome.COMPLETED);
    }

    @Test
    void a_retry_above_the_operator_is_part_of_one_call() {
        AtomicInteger attempts = new AtomicInteger();
        Flux<String> flaky =
                Flux.defer(() -> attempts.getAndIncrement() == 0 ? Flux.error(new EOFException()) : Flux.just("hello"));
        flaky.retry(1).transform(rig.observe()).blockLast();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void a_mono_stays_a_mono_and_ends_with_its_item() {
        Mono<String> observed = Mono.just("hello").transform(rig.observe());
        assertThat(observed.flux().take(1).blockLast()).isEqualTo("hello");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void an_empty_mono_completes_its_call() {
        assertThat(Mono.<String>empty().transform(rig.observe()).block()).isNull();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void the_call_is_in_the_context_above_the_operator_and_not_below() {
        AtomicBoolean above = new AtomicBoolean();
        Flux.deferContextual(context -> {
                    above.set(context.hasKey(LlmCall.class));
                    return Flux.just("hello");
                })
                .transform(rig.observe())
                .transformDeferredContextual((flux, context) -> {
                    assertThat(context.hasKey(LlmCall.class)).isFalse();
                    return flux;
                })
                .blockLast();
        assertThat(above).isTrue();
    }

    @Test
    void the_builder_sees_the_context_of_the_subscriber() {
        Flux.just("hello")
                .transform(LlmReactor.<String>observe(
                        rig.llmops, context -> rig.call().user(context.get("user")), (text, call) -> {}))
                .contextWrite(context -> context.put("user", "u1"))
                .blockLast();
        assertThat(rig.record().info().user()).isEqualTo("u1");
    }

    @Test
    void the_call_is_current_while_the_source_is_subscribed_to() {
        AtomicBoolean none = new AtomicBoolean(true);
        Flux.defer(() -> {
                    none.set(rig.current.isNone());
                    return Flux.just("hello");
                })
                .transform(rig.observe())
                .blockLast();
        assertThat(none).isFalse();
    }

    @Test
    void the_call_is_not_current_where_the_items_are_consumed() {
        List<Boolean> none = new ArrayList<>();
        Flux<String> source =
                Flux.<String>create(sink -> sink.next("hel").next("lo").complete());
        source.transform(rig.observe())
                .doOnComplete(() -> none.add(rig.current.isNone()))
                .subscribe(item -> none.add(rig.current.isNone()));
        assertThat(none).containsExactly(true, true, true);
        assertThat(rig.current.isNone()).isTrue();
    }

    @Test
    void no_scope_is_closed_on_another_thread() {
        Flux.just("hel", "lo")
                .subscribeOn(Schedulers.parallel())
                .transform(rig.observe())
                .publishOn(Schedulers.single())
                .blockLast();
        assertThat(rig.current.isNone()).isTrue();
        assertThat(rig.failures("scope_closed_on_another_thread")).isZero();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void an_operator_around_another_owns_the_call_and_the_inner_one_measures_it() {
        Flux.just("hel", "lo")
                .transform(rig.observe())
                .map(text -> text + "!!!")
                .publishOn(Schedulers.parallel())
                .transform(rig.observe())
                .blockLast();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
        assertThat(rig.record().usage().outputTokens()).hasValue(5);
    }

    @Test
    void a_call_for_each_item_is_a_call_of_its_own() {
        Flux.just("a", "b")
                .hide()
                .transform(rig.observe())
                .concatMap(text -> Mono.just(text + "?").transform(rig.observe()))
                .blockLast();
        assertThat(rig.outcomes()).hasSize(3);
    }

    @Test
    void a_function_that_cannot_describe_the_call_leaves_the_stream_unobserved() {
        Flux<String> unobserved = Flux.just("hel", "lo")
                .transform(LlmReactor.observe(
                        rig.llmops,
                        context -> {
                            throw new IllegalStateException();
                        },
                        (text, call) -> {}));
        assertThat(unobserved.map(String::length).collectList().block()).containsExactly(3, 2);
        assertThat(rig.seen.started()).isEmpty();
        assertThat(rig.failures("LlmReactor.call")).isEqualTo(1);
    }

    @Test
    void a_function_that_cannot_read_an_item_does_not_disturb_the_stream() {
        Flux<String> observed = Flux.just("hello")
                .transform(LlmReactor.observe(rig.llmops, context -> rig.call(), (text, call) -> {
                    throw new AssertionError();
                }));
        assertThat(observed.blockLast()).isEqualTo("hello");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
        assertThat(rig.failures("LlmReactor.onItem")).isEqualTo(1);
    }

    @Test
    void a_function_that_cannot_end_the_call_does_not_disturb_the_stream() {
        Flux<String> observed = Flux.just("hello")
                .transform(LlmReactor.observeStarted(
                        rig.llmops, context -> Optional.of(rig.call().start()), (text, call) -> {}, (last, call) -> {
                            throw new AssertionError();
                        }));
        assertThat(observed.blockLast()).isEqualTo("hello");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
        assertThat(rig.failures("LlmReactor.onEnd")).isEqualTo(1);
    }

    @Test
    void an_error_that_is_continued_above_is_not_an_error_of_the_call() {
        List<String> items = Flux.just("1", "x", "3")
                .map(text -> Integer.toString(Integer.parseInt(text)))
                .transform(rig.observe())
                .onErrorContinue((error, item) -> {})
                .collectList()
                .block();
        assertThat(items).containsExactly("1", "3");
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void a_second_terminal_signal_is_not_a_second_ending() {
        TestPublisher<String> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        source.flux().transform(rig.observe()).subscribe();
        source.complete();
        source.complete();
        assertThat(rig.outcomes()).containsExactly(Outcome.COMPLETED);
    }

    @Test
    void a_source_that_throws_while_it_is_subscribed_to_fails_its_call() {
        Flux<String> observed = Flux.<String>from(subscriber -> {
                    throw new IllegalStateException("no source");
                })
                .transform(rig.observe());
        assertThatThrownBy(observed::blockLast).hasMessageContaining("no source");
        assertThat(rig.outcomes()).containsExactly(Outcome.FAILED);
        assertThat(rig.current.isNone()).isTrue();
    }

    @Test
    void readers_read_the_chunks_of_a_flux_and_the_response_of_a_mono() {
        ResponseReaders readers = ResponseReaders.of(rig.llmops.telemetry());
        Flux.just("hel", "", "lo")
                .transform(LlmReactor.observe(rig.llmops, context -> rig.call(), readers))
                .blockLast();
        Mono.just("hello")
                .transform(LlmReactor.observe(rig.llmops, context -> rig.call(), readers))
                .block();
        assertThat(rig.seen.records().get(0).usage().outputTokens()).hasValue(2);
        assertThat(rig.seen.records().get(1).usage().outputTokens()).isEmpty();
    }
}
