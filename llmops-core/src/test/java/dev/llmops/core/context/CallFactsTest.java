package dev.llmops.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallFactsTest {

    private final FakeTicker ticker = new FakeTicker();
    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder().ticker(ticker).listener(seen).build();

    private LlmCallBuilder call() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o");
    }

    @Test
    void facts_of_a_map_become_facts_of_the_call() {
        Map<String, Object> context = Map.of(
                CallFacts.USER, 17L,
                CallFacts.TENANT, "acme",
                CallFacts.FEATURE, "support",
                CallFacts.CONVERSATION_ID, "c-1",
                CallFacts.REQUEST_ID, "r-1");

        CallFacts.apply(context, call()).start().finish("stop");

        CallInfo info = seen.onlyRecord().info();
        assertThat(info.user()).isEqualTo("17");
        assertThat(info.tenant()).isEqualTo("acme");
        assertThat(info.feature()).isEqualTo("support");
        assertThat(info.conversationId()).isEqualTo("c-1");
        assertThat(info.requestId()).isEqualTo("r-1");
    }

    @Test
    void a_map_without_facts_leaves_those_of_the_builder() {
        CallFacts.apply(Map.of("other", "x"), call().user("u1")).start().finish("stop");

        assertThat(seen.onlyRecord().info().user()).isEqualTo("u1");
    }

    @Test
    void a_cancel_after_the_deadline_of_the_map_is_a_timeout() {
        LlmCall call = CallFacts.apply(Map.of(CallFacts.DEADLINE, Duration.ofMillis(500)), call())
                .start();
        ticker.advanceMillis(500);

        call.cancel();

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.TIMED_OUT);
    }
}
