package dev.llmops.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.slo.engine.Calls;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallJudgeTest {

    private static final double GOOD = 0;
    private static final double BAD = 1;

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void completedCall_isAvailable() {
        assertThat(judge(Indicator.availability(), Calls.completed(NOW))).isEqualTo(GOOD);
    }

    @Test
    void failureOfTheService_isNotAvailable() {
        assertThat(judge(Indicator.availability(), Calls.failed(NOW, ErrorKind.OVERLOADED)))
                .isEqualTo(BAD);
    }

    @Test
    void faultOfTheCaller_isNoEvent() {
        assertThat(judge(Indicator.availability(), Calls.failed(NOW, ErrorKind.INVALID_REQUEST)))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, NaN", "REJECTED, NaN", "TIMED_OUT, 1", "FAILED, 1", "ABANDONED, 1", "COMPLETED, 0"})
    void endingWithoutAnError_isJudgedByItself(Outcome outcome, double expected) {
        CallRecord call =
                Calls.record(Calls.info(NOW).build(), outcome, Duration.ZERO).build();
        assertThat(judge(Indicator.availability(), call)).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, 500, 0",
        "COMPLETED, 501, 1",
        "FAILED, 500, NaN",
        "FAILED, 501, 1",
        "CANCELLED, 200, NaN",
        "TIMED_OUT, 900, 1"
    })
    void latency_judgesWaitsThatEndedEarlyOnlyWhenTheyWereAlreadyTooLong(Outcome outcome, int millis, double expected) {
        Timing timing = Timing.builder(Duration.ofMillis(millis).toNanos()).build();
        assertThat(judge(Indicator.latency(Duration.ofMillis(500)), Calls.timed(outcome, timing)))
                .isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED, 500, 0", "COMPLETED, 501, 1", "CANCELLED, 400, 0", "FAILED, 600, 1"})
    void firstToken_countsHoweverTheCallEnded(Outcome outcome, int millis, double expected) {
        long first = Duration.ofMillis(millis).toNanos();
        Timing timing = Timing.builder(Duration.ofSeconds(2).toNanos())
                .timeToFirstChunkNanos(first)
                .timeToFirstTokenNanos(first)
                .build();
        assertThat(judge(Indicator.timeToFirstToken(Duration.ofMillis(500)), Calls.timed(outcome, timing)))
                .isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED, 2000, NaN", "TIMED_OUT, 2000, 1", "CANCELLED, 300, NaN"})
    void missingFirstToken_isBadOnlyAfterAWaitThatWasTooLong(Outcome outcome, int millis, double expected) {
        Timing timing = Timing.builder(Duration.ofMillis(millis).toNanos()).build();
        assertThat(judge(Indicator.timeToFirstToken(Duration.ofMillis(500)), Calls.timed(outcome, timing)))
                .isEqualTo(Double.valueOf(expected));
    }

    @Test
    void timePerOutputToken_needsTwoTokens() {
        Indicator indicator = Indicator.timePerOutputToken(Duration.ofMillis(50));
        long second = Duration.ofSeconds(1).toNanos();
        Timing.Builder timing =
                Timing.builder(2 * second).timeToFirstChunkNanos(1).timeToFirstTokenNanos(1);
        assertThat(judge(
                        indicator,
                        Calls.timed(
                                Outcome.COMPLETED, timing.generation(second, 21).build())))
                .isEqualTo(GOOD);
        assertThat(judge(
                        indicator,
                        Calls.timed(
                                Outcome.COMPLETED, timing.generation(second, 20).build())))
                .isEqualTo(BAD);
        assertThat(judge(
                        indicator,
                        Calls.timed(Outcome.COMPLETED, timing.generation(0, 1).build())))
                .isNaN();
    }

    @Test
    void cost_isComparedInItsCurrencyOnly() {
        Indicator indicator = Indicator.costPerCall(new BigDecimal("0.02"), "USD");
        assertThat(judge(indicator, Calls.costing("0.020", "USD"))).isEqualTo(GOOD);
        assertThat(judge(indicator, Calls.costing("0.0200001", "USD"))).isEqualTo(BAD);
        assertThat(judge(indicator, Calls.costing("0.01", "EUR"))).isNaN();
    }

    @Test
    void unpricedCall_isNoEvent_andNeverCheap() {
        CallRecord unpriced = Calls.record(Calls.info(NOW).build(), Outcome.COMPLETED, Duration.ZERO)
                .cost(Cost.unpriced("USD"))
                .build();
        assertThat(judge(Indicator.costPerCall(BigDecimal.ONE, "USD"), unpriced))
                .isNaN();
        assertThat(judge(Indicator.costPerCall(BigDecimal.ONE, "USD"), Calls.completed(NOW)))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED, 400, 0", "COMPLETED, 600, 1", "FAILED, 400, 1", "CANCELLED, 100, NaN"})
    void goodput_isBadWhenOnePromiseIsBroken(Outcome outcome, int millis, double expected) {
        Indicator goodput = Indicator.goodput(Indicator.availability(), Indicator.latency(Duration.ofMillis(500)));
        Timing timing = Timing.builder(Duration.ofMillis(millis).toNanos()).build();
        assertThat(judge(goodput, Calls.timed(outcome, timing))).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void goodput_takesNoScores() {
        assertThatThrownBy(() -> Indicator.goodput(Indicator.availability(), Indicator.score("faithfulness", 0.8)))
                .hasMessageContaining("goodput takes availability, latencies and cost, but had 'faithfulness ≥ 0.8'");
    }

    @ParameterizedTest
    @CsvSource({"faithfulness, 0.8, 0", "faithfulness, 0.79, 1", "tone, 1, NaN"})
    void score_isGoodFromTheMinimumOn(String evaluation, double score, double expected) {
        LlmEvent event = Calls.score(Calls.info(NOW).build(), NOW, evaluation, score);
        assertThat(CallJudge.ofEvent(Indicator.score("faithfulness", 0.8), event))
                .isEqualTo(Double.valueOf(expected));
    }

    @Test
    void meanScore_isBadByWhatItLacks() {
        LlmEvent event = Calls.score(Calls.info(NOW).build(), NOW, "faithfulness", 0.75);
        assertThat(CallJudge.ofEvent(Indicator.meanScore("faithfulness"), event))
                .isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource({"UP, 0", "DOWN, 1"})
    void feedback_isGoodWhenItsThumbIsUp(LlmEvent.Verdict verdict, double expected) {
        LlmEvent event = Calls.feedback(Calls.info(NOW).build(), NOW, verdict);
        assertThat(CallJudge.ofEvent(Indicator.feedback(), event)).isEqualTo(Double.valueOf(expected));
        assertThat(CallJudge.ofEvent(Indicator.availability(), event)).isNaN();
    }

    private static double judge(Indicator indicator, CallRecord call) {
        return CallJudge.ofCall(indicator, call);
    }
}
