package dev.llmops.cli.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoggedTrafficTest {

    private static final String CALL = """
            {"schema":"llmops.call/1","timestamp":"2026-11-21T09:30:01.750Z","request_id":"r-1",\
            "call_id":"01a1fdb4-9785-77d8-8434-c33ca28d5d25","user_id":"u1","tenant":"acme","feature":"support",\
            "operation":"chat","provider":"openai","model_id":"gpt-4o","streaming":true,"status":"success",\
            "finish_reasons":["stop"],"tokens_in":812,"tokens_out":333,"tokens":{"cached_input":512},\
            "latency_ms":{"total":1750.0,"first_token":220.0},"tool_calls":[{"name":"search","latency_ms":7.0,"success":true}],\
            "cost":{"amount":"0.00472","currency":"USD","state":"exact"},"retries":1,"refusal":false}""";
    private static final String THUMB = """
            {"schema":"llmops.feedback/1","timestamp":"2026-11-21T09:31:00Z",\
            "call_id":"01a1fdb4-9785-77d8-8434-c33ca28d5d25","verdict":"down"}""";

    @Test
    void a_call_comes_back_as_it_was_logged() {
        CallRecord call = LoggedTraffic.of(Stream.of(CALL)).calls().get(0);

        assertThat(call.info().startedAt()).isEqualTo(Instant.parse("2026-11-21T09:30:00Z"));
        assertThat(call.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(call.timing().timeToFirstTokenNanos()).hasValue(220_000_000);
        assertThat(call.usage().cachedInputTokens()).isEqualTo(512);
        assertThat(call.cost().amountOrNull()).isEqualTo(new BigDecimal("0.00472"));
        assertThat(call.toolCalls()).extracting("name").containsExactly("search");
    }

    @Test
    void feedback_finds_its_call() {
        LoggedTraffic traffic = LoggedTraffic.of(Stream.of(CALL, THUMB));

        assertThat(traffic.events()).singleElement().satisfies(event -> {
            assertThat(event.call()).isSameAs(traffic.calls().get(0).info());
            assertThat(((LlmEvent.Feedback) event).verdict()).isEqualTo(LlmEvent.Verdict.DOWN);
        });
    }

    @Test
    void a_sampled_log_is_refused() {
        Stream<String> sampled = Stream.of(CALL.replace("\"retries\"", "\"sample_rate\":0.1,\"retries\""));

        assertThatThrownBy(() -> LoggedTraffic.of(sampled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the log is sampled (sample_rate 0.1) — a sampled log keeps failures and drops successes"
                        + " — log every call");
    }

    @Test
    void lines_that_are_no_record_are_counted() {
        LoggedTraffic traffic = LoggedTraffic.of(Stream.of(CALL, "{\"schema\":\"llmops.call/1\"", "", "{}"));

        assertThat(traffic.calls()).hasSize(1);
        assertThat(traffic.unreadable()).isEqualTo(2);
    }
}
