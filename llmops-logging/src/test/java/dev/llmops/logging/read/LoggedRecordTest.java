package dev.llmops.logging.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogRing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedRecordTest {

    private static final ContentPolicy SHOWN = ContentPolicy.builder()
            .captureContent(true)
            .showContent(true)
            .showEventTexts(true)
            .build();

    private final FakeTicker ticker = new FakeTicker();
    private final LogRing ring = LogRing.of(10);
    private final RecordingListener live = new RecordingListener();

    private LlmOps llmops() {
        return LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .contentPolicy(SHOWN)
                .versionSet(VersionSet.builder().code("1.4.2").prompt("p12").build())
                .enricher(record -> record.toBuilder()
                        .cost(new Cost(CostState.ESTIMATED, new BigDecimal("0.0047200"), "EUR", List.of(), null))
                        .build())
                .listener(live)
                .listener(CallLog.builder().sink(ring).build())
                .build();
    }

    private CallRecord call(Consumer<LlmCall> rest) {
        try (LlmOps llmops = llmops();
                LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                        .user("u1")
                        .tenant("acme")
                        .feature("support")
                        .requestId("r-1")
                        .conversationId("c-1")
                        .purpose("judge")
                        .streaming(true)
                        .start()) {
            rest.accept(call);
        }
        return live.records().get(0);
    }

    private static String logged(CallRecord record) {
        LogRing again = LogRing.of(1);
        CallLog log = CallLog.builder().sink(again).build();
        log.useContentPolicy(SHOWN);
        log.callEnded(null, record); // the log reads the record alone
        return again.entries().get(0).json();
    }

    @Test
    void a_streamed_call_that_is_read_back_is_logged_as_before_and_keeps_its_timing_to_the_nanosecond() {
        CallRecord original = call(call -> {
            ticker.advance(java.time.Duration.ofNanos(220_123_457));
            call.chunk(1);
            ticker.advance(java.time.Duration.ofNanos(700_000_001));
            call.chunk(6);
            call.responseModel("gpt-4o-2024")
                    .usage(TokenUsage.inclusive(812, 7)
                            .cachedInput(512)
                            .cacheWrite(3)
                            .reasoning(2))
                    .cache(CacheResult.MISS)
                    .retry()
                    .input("hello")
                    .output("world")
                    .attribute("text", "t")
                    .attribute("long", 3L)
                    .attribute("double", 0.25)
                    .attribute("flag", true)
                    .attribute("list", List.of("a", "b"))
                    .risk(new RiskFinding("pii_leak", "blocked", "two names"))
                    .refusal();
            call.tool("search").close();
            call.finish("stop");
        });
        LoggedRecord record = LoggedRecord.of(ring.entries().get(0).json());
        CallRecord read = record.call();
        assertThat(logged(read)).isEqualTo(ring.entries().get(0).json());
        assertThat(read.timing().timePerOutputTokenNanos())
                .isEqualTo(original.timing().timePerOutputTokenNanos())
                .hasValue(116_666_667);
        assertThat(read.timing().durationNanos()).isEqualTo(original.timing().durationNanos());
        assertThat(read.usage()).isEqualTo(original.usage());
        assertThat(read.attributes()).isEqualTo(original.attributes());
        assertThat(record.call(original.endedAt()).info().startedAt())
                .isEqualTo(original.info().startedAt());
    }

    @Test
    void a_failed_call_of_unknown_usage_is_logged_as_before() {
        call(call -> {
            ticker.advanceMillis(30);
            call.fail(new CallError(ErrorKind.RATE_LIMITED, "429", java.util.OptionalInt.of(429), "slow down"));
        });
        LoggedRecord record = LoggedRecord.of(ring.entries().get(0).json());
        assertThat(logged(record.call())).isEqualTo(ring.entries().get(0).json());
        assertThat(record.call().info().purpose()).isEqualTo("judge");
        assertThat(record.sampleRate()).isEqualTo(1);
        assertThat(record.callId())
                .isEqualTo(live.records().get(0).info().callId().toString());
    }

    @Test
    void usage_of_which_half_is_known_stays_so() {
        String line = "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\",\"status\":\"cancelled\","
                + "\"call_id\":\"01a1fdb4-9785-77d8-8434-c33ca28d5d25\",\"tokens_in\":5,\"tokens\":{\"origin\":\"estimated\"}}";
        CallRecord call = LoggedRecord.of(line).call();
        assertThat(call.usage().inputTokens()).hasValue(5);
        assertThat(call.usage().outputTokens()).isEmpty();
    }

    @Test
    void later_events_come_back_with_their_call() {
        CallRecord call = call(c -> c.finish("stop"));
        try (LlmOps llmops = llmops()) {
            llmops.call(Operation.CHAT, "openai", "gpt-4o")
                    .requestId("r-2")
                    .start()
                    .finish("stop");
            llmops.feedback("r-2", LlmEvent.Verdict.DOWN, "wrong");
            llmops.evaluation("r-2", "faithfulness", 0.75, "good", "because");
        }
        Instant at = ticker.clock().instant();
        List<LlmEvent> read = ring.entries().stream()
                .skip(2)
                .map(entry -> LoggedRecord.of(entry.json()).event(call.info()))
                .toList();
        assertThat(read)
                .containsExactly(
                        new LlmEvent.Feedback(call.info(), at, LlmEvent.Verdict.DOWN, "wrong"),
                        new LlmEvent.Evaluation(call.info(), at, "faithfulness", 0.75, "good", "because"));
        assertThat(LoggedRecord.of(ring.entries().get(0).json()).event(call.info()))
                .isNull();
    }

    /** The code of docs/logging.md. */
    @Test
    void the_example_reads_calls_back() {
        CallRecord call = call(c -> c.finish("stop"));
        List<CallRecord> calls = new java.util.ArrayList<>();
        String line = ring.entries().get(0).json();
        LoggedRecord record = LoggedRecord.of(line);
        if (record.isCall()) {
            calls.add(record.call()); // phases, gaps between tokens and price ids are not in the log
        }
        assertThat(calls)
                .extracting(read -> read.info().callId())
                .containsExactly(call.info().callId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----", "x", "0193a5a0-0000-7000-8000-0000000000011111111111111111"})
    void an_id_that_is_none_is_refused_with_a_reason(String id) {
        LoggedRecord record = LoggedRecord.of("{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\","
                + "\"call_id\":\"" + id + "\",\"status\":\"success\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(record::call)
                .withMessageStartingWith("call_id is no UUID ('")
                .withMessageEndingWith("skip the line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1e999999999\"", "1e999999999", "\"much\"", "\"1e-61\""})
    void an_amount_of_a_billion_digits_is_refused(String amount) {
        LoggedRecord record = LoggedRecord.of("{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\","
                + "\"call_id\":\"0193a5a0-0000-7000-8000-000000000001\",\"status\":\"success\",\"cost\":{\"amount\":"
                + amount
                + ",\"currency\":\"USD\"}}");
        assertThatIllegalArgumentException()
                .isThrownBy(record::call)
                .withMessageStartingWith("cost.amount cannot be read (")
                .withMessageEndingWith("skip the line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"latency_ms\":{\"total\":-5}",
                "\"latency_ms\":{\"first_token\":1e300}",
                "\"latency_ms\":{\"total\":\"abc\"}",
                "\"tokens_in\":-1",
                "\"tokens_out\":true",
                "\"retries\":[]"
            })
    void a_number_that_no_call_has_is_refused_with_a_reason(String field) {
        LoggedRecord record = LoggedRecord.of("{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\","
                + "\"call_id\":\"0193a5a0-0000-7000-8000-000000000001\",\"status\":\"success\"," + field + "}");
        assertThatIllegalArgumentException()
                .isThrownBy(record::call)
                .withMessageContaining(" is none that a call has (")
                .withMessageEndingWith(") — a number from 0 to 1.0E12 is read — skip the line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"schema\":\"llmops.call/1\"",
                "{\"schema\":\"llmops.call/2\",\"timestamp\":\"2026-11-21T09:30:00Z\"}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"yesterday\"}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"1969-12-31T23:59:59Z\"}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"+1000000000-12-31T23:59:59Z\"}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\"} {}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\",\"sample_rate\":0}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\",\"sample_rate\":-1}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\",\"sample_rate\":1.5}",
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-11-21T09:30:00Z\",\"sample_rate\":\"1\"}"
            })
    void lines_that_are_no_record_are_refused(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedRecord.of(line))
                .withMessageEndingWith("skip the line");
    }
}
