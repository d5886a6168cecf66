package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LiveCallsTest {

    private final Rig rig = new Rig(builder -> builder.abandonAfter(Duration.ofMinutes(5)));

    private void sweep() {
        rig.llmops.pipeline().liveCalls.sweep();
    }

    private CallState state(LlmCall call) {
        return (CallState) call.live();
    }

    @Test
    void a_call_that_grew_too_old_is_abandoned_with_what_it_gathered() {
        LlmCall call = rig.start();
        rig.chunkAfter(call, 100, 3);
        rig.ticker.advance(Duration.ofMinutes(5));
        sweep();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(rig.record().error()).extracting(CallError::type).isEqualTo("too_old");
        assertThat(rig.record().usage().outputTokens()).hasValue(3);
        assertThat(rig.llmops.activeCalls()).isZero();
        assertThat(call.isEnded()).isTrue();
    }

    @Test
    void a_call_within_its_time_that_someone_holds_is_left_alone() {
        LlmCall call = rig.start();
        rig.ticker.advance(Duration.ofMinutes(5).minusNanos(1));
        sweep();
        assertThat(call.isEnded()).isFalse();
    }

    @Test
    void a_call_that_nobody_holds_is_abandoned() {
        state(rig.start()).handle.clear();
        sweep();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(rig.record().error()).extracting(CallError::type).isEqualTo("unreachable");
    }

    @Test
    void an_ending_after_the_sweep_is_late() {
        LlmCall call = rig.start();
        rig.ticker.advance(Duration.ofHours(1));
        sweep();
        call.finish();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(rig.lateEndings("completed")).isEqualTo(1);
    }

    @Test
    void an_age_beyond_what_a_clock_counts_is_no_limit() {
        Rig patient = new Rig(builder -> builder.abandonAfter(Duration.ofSeconds(Long.MAX_VALUE)));
        LlmCall call = patient.start();
        patient.ticker.advance(Duration.ofDays(100_000));
        patient.llmops.pipeline().liveCalls.sweep();
        assertThat(call.isEnded()).isFalse();
    }

    @Test
    void closing_sweeps_a_last_time_and_lets_calls_under_way_end() {
        LlmCall held = rig.start();
        state(rig.start()).handle.clear();
        rig.llmops.close();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.ABANDONED);
        held.finish();
        assertThat(rig.llmops.activeCalls()).isZero();
    }

    @Test
    void the_watchdog_finds_calls_that_the_garbage_collector_found() throws InterruptedException {
        CountDownLatch abandoned = new CountDownLatch(1);
        AtomicReference<CallRecord> seen = new AtomicReference<>();
        try (LlmOps llmops = LlmOps.builder()
                .abandonAfter(Duration.ofHours(1))
                .listener(new LlmListener() {
                    @Override
                    public void callEnded(LiveCall call, CallRecord record) {
                        seen.set(record);
                        abandoned.countDown();
                    }
                })
                .build()) {
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
            for (int i = 0; i < 100 && abandoned.getCount() > 0; i++) {
                System.gc();
                llmops.pipeline().liveCalls.sweep();
            }
            assertThat(abandoned.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(seen.get().outcome()).isEqualTo(Outcome.ABANDONED);
        }
    }

    @Test
    void the_watchdog_sweeps_by_itself() throws InterruptedException {
        CountDownLatch abandoned = new CountDownLatch(1);
        try (LlmOps llmops = LlmOps.builder()
                .abandonAfter(Duration.ofMillis(1))
                .listener(new LlmListener() {
                    @Override
                    public void callEnded(LiveCall call, CallRecord record) {
                        abandoned.countDown();
                    }
                })
                .build()) {
            LlmCall held = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
            assertThat(abandoned.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(held.isEnded()).isTrue();
        }
    }

    @Test
    void the_watchdog_does_not_keep_an_object_alive_that_nobody_holds() {
        WeakReference<LlmOps> forgotten = new WeakReference<>(LlmOps.builder().build());
        for (int i = 0; i < 100 && !forgotten.refersTo(null); i++) {
            System.gc();
        }
        assertThat(forgotten.refersTo(null)).isTrue();
    }
}
