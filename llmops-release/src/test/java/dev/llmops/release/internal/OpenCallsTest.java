package dev.llmops.release.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

    /** More than there are slots. */
    private static final int MANY = 3_000;

    private final LlmOps llmops = LlmOps.builder().build();
    private final OpenCalls open = new OpenCalls();

    @AfterEach
    void close() {
        llmops.close();
    }

    private List<LiveCall> calls(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        llmops.call(Operation.CHAT, "openai", "gpt").start().live())
                .toList();
    }

    private Map<LiveCall, Long> read() {
        Map<LiveCall, Long> firstTokens = new HashMap<>();
        open.forEach(firstTokens::put);
        return firstTokens;
    }

    @Test
    void more_calls_than_slots_are_kept_with_their_first_tokens() {
        List<LiveCall> calls = calls(MANY);
        calls.forEach(open::add);
        for (int i = 0; i < MANY; i += 2) {
            open.firstToken(calls.get(i), i);
        }
        Map<LiveCall, Long> read = read();
        assertThat(read).hasSize(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(read).containsEntry(calls.get(i), i % 2 == 0 ? i : OpenCalls.NO_TOKEN);
        }
    }

    @Test
    void a_call_that_has_ended_is_forgotten_and_leaves_no_first_token_behind() {
        List<LiveCall> ended = calls(MANY);
        ended.forEach(open::add);
        ended.forEach(call -> open.firstToken(call, 7));
        ended.forEach(open::remove);
        assertThat(read()).isEmpty();
        List<LiveCall> next = calls(MANY);
        next.forEach(open::add);
        ended.forEach(call -> open.firstToken(call, 8));
        assertThat(read()).hasSize(MANY).containsOnlyKeys(next).values().containsOnly(OpenCalls.NO_TOKEN);
    }
}
