package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentCallsTest {

    private static RecentCalls calls(int capacity) {
        return new RecentCalls(capacity, Duration.ofHours(1), new FakeTicker());
    }

    private static CallInfo call(String requestId) {
        return CallInfo.builder(UUID.randomUUID(), FakeTicker.START, Operation.CHAT, "openai", "gpt-4o")
                .requestId(requestId)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 100})
    void the_last_calls_are_found_by_either_id_and_no_others(int capacity) {
        RecentCalls recent = calls(capacity);
        Random random = new Random(capacity);
        List<CallInfo> ended = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            CallInfo call = call("r" + random.nextInt(2 * capacity));
            ended.add(call);
            recent.add(call);

            CallInfo some = ended.get(random.nextInt(ended.size()));
            List<CallInfo> kept = ended.subList(Math.max(0, ended.size() - capacity), ended.size());
            assertThat(recent.find(some.callId().toString()))
                    .isEqualTo(kept.contains(some) ? Optional.of(some) : Optional.empty());
            assertThat(recent.find(some.requestId())).isEqualTo(latest(kept, some.requestId()));
        }
    }

    private static Optional<CallInfo> latest(List<CallInfo> kept, String requestId) {
        return kept.stream().filter(call -> requestId.equals(call.requestId())).reduce((before, after) -> after);
    }

    @Test
    void a_call_is_found_as_soon_as_it_was_added_among_threads() throws InterruptedException {
        int perThread = 20_000;
        RecentCalls recent = calls(4 * perThread);
        List<CallInfo> lost = new ArrayList<>();
        Threads.race(4, thread -> {
            for (int i = 0; i < perThread; i++) {
                CallInfo call = call(thread + "-" + i);
                recent.add(call);
                if (recent.find(call.callId().toString()).isEmpty()
                        || recent.find(call.requestId()).isEmpty()) {
                    synchronized (lost) {
                        lost.add(call);
                    }
                }
            }
        });
        assertThat(lost).isEmpty();
    }

    @Test
    void calls_that_pushed_one_another_out_among_threads_leave_the_last_to_be_found() throws InterruptedException {
        RecentCalls recent = calls(10);
        Threads.race(4, thread -> {
            for (int i = 0; i < 20_000; i++) {
                recent.add(call("r" + i % 20));
                recent.find("r" + i % 20);
            }
        });
        List<CallInfo> last = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            last.add(call("last" + i));
        }
        last.forEach(recent::add);
        assertThat(last)
                .allSatisfy(call -> assertThat(recent.find(call.requestId())).contains(call));
    }
}
