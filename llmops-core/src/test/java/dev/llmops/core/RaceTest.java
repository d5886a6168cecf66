package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Timing;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endings that race with chunks and with each other, in rounds that two threads run through without waiting. */
class RaceTest {

    private static final int ROUNDS = 20_000;
    private static final int TOKENS_PER_CHUNK = 3;

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder().listener(seen).build();

    @AfterEach
    void close() {
        llmops.close();
    }

    private LlmCall start() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
    }

    @Test
    void a_record_is_a_consistent_reading_of_a_stream_that_another_thread_ends() throws InterruptedException {
        AtomicInteger ended = new AtomicInteger();
        AtomicReferenceArray<LlmCall> calls = new AtomicReferenceArray<>(ROUNDS);
        LlmOps counting = LlmOps.builder().listener(new ConsistencyCheck(ended)).build();
        Threads.race(2, thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (thread == 0) {
                    LlmCall call =
                            counting.call(Operation.CHAT, "openai", "gpt-4o").start();
                    calls.set(round, call);
                    while (!call.isEnded() && !Thread.currentThread().isInterrupted()) {
                        call.chunk(TOKENS_PER_CHUNK);
                    }
                } else {
                    LlmCall call = awaited(calls, round);
                    // Ends the streams after all lengths from none to some hundred chunks.
                    for (int i = 0; i < round % 50; i++) {
                        Thread.onSpinWait();
                    }
                    call.cancel();
                }
            }
        });
        assertThat(ended).hasValue(ROUNDS);
        assertThat(counting.telemetry().values(Telemetry.Kind.FAILURES)).isEmpty();
        assertThat(counting.activeCalls()).isZero();
        counting.close();
    }

    private static LlmCall awaited(AtomicReferenceArray<LlmCall> calls, int round) {
        LlmCall call = calls.get(round);
        while (call == null && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
            call = calls.get(round);
        }
        return call;
    }

    /** Fails, and so is counted as a failure, when the fields of a record do not belong together. */
    private record ConsistencyCheck(AtomicInteger ended) implements LlmListener {
        @Override
        public void callEnded(LiveCall call, CallRecord record) {
            ended.incrementAndGet();
            long tokens = record.usage().outputTokens().orElse(0);
            Timing timing = record.timing();
            long afterFirst = Math.max(0, tokens - TOKENS_PER_CHUNK);
            assertThat(tokens % TOKENS_PER_CHUNK).isZero();
            assertThat(timing.interToken().samples()).isEqualTo(afterFirst);
            assertThat(timing.timeToFirstTokenNanos().isPresent()).isEqualTo(tokens > 0);
            assertThat(timing.generationNanos().orElse(0))
                    .isEqualTo(timing.interToken().sumNanos());
        }
    }

    @Test
    void of_endings_that_race_one_wins_and_the_others_are_counted() throws InterruptedException {
        int threads = 4;
        List<LlmCall> calls = java.util.stream.IntStream.range(0, ROUNDS)
                .mapToObj(i -> start())
                .toList();
        Threads.race(threads, thread -> {
            for (LlmCall call : calls) {
                switch (thread) {
                    case 0 -> call.finish("stop");
                    case 1 -> call.cancel();
                    case 2 -> call.fail(CallError.of(ErrorKind.OVERLOADED));
                    default -> call.timeOut();
                }
            }
        });
        long late = llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(seen.records()).hasSize(ROUNDS).doesNotHaveDuplicates();
        assertThat(late).isEqualTo((threads - 1L) * ROUNDS);
        assertThat(llmops.activeCalls()).isZero();
    }

    @Test
    void changes_that_race_with_an_ending_are_in_the_record_or_counted() throws InterruptedException {
        for (int round = 0; round < 500; round++) {
            LlmCall call = start();
            Threads.race(2, thread -> {
                if (thread == 0) {
                    for (int i = 0; i < 20; i++) {
                        call.retry();
                    }
                } else {
                    call.finish();
                }
            });
        }
        long recorded = seen.records().stream().mapToInt(CallRecord::retries).sum();
        long dropped = llmops.telemetry().value(Telemetry.Kind.DROPPED, "change_after_end");
        assertThat(recorded + dropped).isEqualTo(500 * 20);
    }
}
