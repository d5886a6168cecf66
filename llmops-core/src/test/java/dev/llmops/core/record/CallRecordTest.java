package dev.llmops.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.testing.FakeTicker;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallRecordTest {

    private final CallInfo info = CallInfo.builder(
                    UUID.fromString("018f0000-0000-7000-8000-000000000000"),
                    FakeTicker.START,
                    Operation.CHAT,
                    "openai",
                    "gpt-4o")
            .build();

    private CallRecord full() {
        return CallRecord.builder(info, Outcome.FAILED, Timing.builder(1_500).build())
                .responseModel("gpt-4o-2024-08-06")
                .usage(TokenUsage.inclusive(1, 2))
                .error(CallError.of(ErrorKind.OVERLOADED))
                .finishReasons(List.of("stop"))
                .refusal(true)
                .toolCalls(List.of(new ToolCall("t", 0, 1, null)))
                .retries(3)
                .cache(CacheResult.MISS)
                .cost(Cost.unpriced("USD"))
                .risks(List.of(new RiskFinding("leak", "masked", null)))
                .redaction(new Redaction(Redaction.Status.CLEAN, List.of(), Map.of(), "1"))
                .content(new Content("in", "out"))
                .attributes(Map.of("a", 1L))
                .build();
    }

    @Test
    void a_copy_has_every_fact_of_the_original() {
        assertThat(full().toBuilder().build()).usingRecursiveComparison().isEqualTo(full());
    }

    @Test
    void the_end_is_the_start_and_the_duration() {
        assertThat(full().endedAt()).isEqualTo(FakeTicker.START.plus(Duration.ofNanos(1_500)));
    }

    @Test
    void attributes_are_copied_and_cannot_be_changed() {
        Map<String, Object> attributes = new HashMap<>(Map.of("a", 1L));
        CallRecord record = full().toBuilder().attributes(attributes).build();
        attributes.put("b", 2L);
        assertThat(record.attributes()).containsOnlyKeys("a");
        assertThatThrownBy(() -> record.attributes().put("c", 3L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void printing_a_record_shows_no_content() {
        assertThat(full().toString()).doesNotContain("in,", "out");
        assertThat(full().content().toString()).doesNotContain("\"in\"", "\"out\"");
    }

    @Test
    void a_cost_has_an_amount_exactly_when_it_is_priced() {
        assertThat(Cost.unpriced("USD").amount()).isEmpty();
        assertThatThrownBy(() -> new Cost(CostState.UNPRICED, BigDecimal.ONE, "USD", List.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_open_vocabulary_takes_any_name_but_a_blank_one() {
        assertThat(new ErrorKind("quota_service_down", true)).hasToString("quota_service_down");
        assertThat(new Operation("moderate")).hasToString("moderate");
        assertThatThrownBy(() -> new ErrorKind(" ", true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Operation("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_type_of_an_error_is_bounded() {
        CallError error = new CallError(ErrorKind.INTERNAL, "x".repeat(500), java.util.OptionalInt.empty(), null);
        assertThat(error.type()).hasSize(200);
    }
}
