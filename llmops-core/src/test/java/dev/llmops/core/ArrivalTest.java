package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Timing;
import org.junit.jupiter.api.Test;

/** Chunks that a reader hands on later than they arrived. */
class ArrivalTest {

    private final Rig rig = new Rig();

    @Test
    void a_slow_consumer_does_not_slow_the_model_down() {
        LlmCall call = rig.start();
        long start = rig.llmops.ticker().nanos();
        rig.ticker.advanceMillis(900);
        call.chunk(1, start + 100_000_000);
        rig.ticker.advanceMillis(900);
        call.chunk(1, start + 120_000_000);
        call.finish();
        Timing timing = rig.record().timing();
        assertThat(timing.timeToFirstTokenNanos()).hasValue(100_000_000);
        assertThat(timing.generationNanos()).hasValue(20_000_000);
        assertThat(timing.interToken().sumNanos()).isEqualTo(20_000_000);
    }

    @Test
    void an_arrival_out_of_order_counts_as_the_one_before() {
        LlmCall call = rig.start();
        long start = rig.llmops.ticker().nanos();
        call.chunk(1, start - 5);
        call.reasoningChunk(1, start + 50);
        call.chunk(1, start + 20);
        rig.ticker.advanceMillis(1);
        call.finish();
        assertThat(rig.record().timing().timeToFirstTokenNanos()).hasValue(0);
        assertThat(rig.record().timing().generationNanos()).hasValue(50);
    }

    @Test
    void an_arrival_after_the_end_counts_as_the_end() {
        LlmCall call = rig.start();
        call.chunk(1, rig.llmops.ticker().nanos() + 1_000_000_000);
        rig.ticker.advanceMillis(10);
        call.finish();
        assertThat(rig.record().timing().timeToFirstTokenNanos()).hasValue(10_000_000);
    }
}
