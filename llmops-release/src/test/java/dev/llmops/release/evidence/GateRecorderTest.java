package dev.llmops.release.evidence;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static dev.llmops.release.Policies.MINUTE;
import static dev.llmops.release.Policies.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.VersionSwitch;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateRecorderTest {

    private static final String ALL = "50%";

    private final VersionSwitch release = Releases.started("r1", Exposure.of(ALL, 1));
    private final FakeTicker ticker = new FakeTicker();
    private final GateRecorder recorder = new GateRecorder("r1", FIVE_TESTS, PROFILE, ticker.clock(), 1_000);
    private final Traffic traffic = new Traffic(release, ticker, recorder);

    @AfterEach
    void close() {
        traffic.close();
        release.close();
    }

    private MetricSums sums(String series) {
        return recorder.evidence().sums(ALL, series, Arm.CANDIDATE);
    }

    private void finish(String unit) {
        traffic.start(unit).finish("stop");
    }

    @Test
    void a_unit_has_one_vote() {
        finish("u1");
        finish("u1");
        finish("u2");
        ticker.advance(MINUTE);
        assertThat(sums("units").n()).isEqualTo(2);
        assertThat(recorder.evidence().notCounted())
                .containsExactly(java.util.Map.entry("not the first call of its unit", 1L));
    }

    @Test
    void a_call_counts_when_it_is_old_enough() {
        finish("u1");
        ticker.advance(MINUTE.minusMillis(1));
        assertThat(sums("errors").n()).isZero();
        ticker.advanceMillis(1);
        assertThat(sums("errors").n()).isEqualTo(1);
    }

    @Test
    void a_slow_call_counts_while_it_is_open() {
        LlmCall call = traffic.start("u1");
        ticker.advanceMillis(2_300);
        assertThat(sums("time_to_first_token/pause").bad()).isZero();
        ticker.advanceMillis(1);
        assertThat(sums("time_to_first_token/pause").bad()).isEqualTo(1);
        assertThat(sums("time_to_first_token/roll_back").bad()).isZero();
        ticker.advanceMillis(200);
        assertThat(sums("time_to_first_token/roll_back").bad()).isEqualTo(1);
        call.chunk(1);
        call.finish("stop");
        ticker.advance(MINUTE);
        assertThat(sums("time_to_first_token/pause")).isEqualTo(MetricSums.ofUnit(true));
    }

    @Test
    void an_open_call_that_has_its_first_token_is_no_exceedance() {
        LlmCall call = traffic.start("u1");
        ticker.advanceMillis(100);
        call.chunk(1);
        ticker.advance(MINUTE);
        assertThat(sums("time_to_first_token/pause")).isEqualTo(MetricSums.ofUnit(false));
        assertThat(sums("units").n()).isEqualTo(1);
        assertThat(sums("errors").n()).isZero();
        call.close();
    }

    @Test
    void a_fallback_is_a_failure_of_the_arm_assigned() {
        Assignment.markFallback(traffic.start("u1")).finish("stop");
        ticker.advance(MINUTE);
        assertThat(sums("errors")).isEqualTo(MetricSums.ofUnit(true));
    }

    @Test
    void a_faulty_request_is_no_failure_and_an_overload_is() {
        traffic.start("u1").fail(CallError.of(ErrorKind.INVALID_REQUEST));
        traffic.start("u2").fail(CallError.of(ErrorKind.OVERLOADED));
        ticker.advance(MINUTE);
        assertThat(sums("errors").n()).isEqualTo(2);
        assertThat(sums("errors").bad()).isEqualTo(1);
    }

    @Test
    void an_answer_from_the_applications_cache_belongs_to_no_arm() {
        traffic.start("u1").cache(CacheResult.HIT).finish("stop");
        ticker.advance(MINUTE);
        assertThat(sums("units").n()).isZero();
        assertThat(recorder.evidence().notCounted()).containsKey("answered from the application's cache");
    }

    @Test
    void a_changed_thumb_moves_and_the_same_thumb_counts_once() {
        finish("u1");
        traffic.llmops.feedback("u1", LlmEvent.Verdict.DOWN, null);
        traffic.llmops.feedback("u1", LlmEvent.Verdict.DOWN, null);
        ticker.advance(MINUTE);
        assertThat(sums("bad_answers")).isEqualTo(MetricSums.ofUnit(true));
        traffic.llmops.feedback("u1", LlmEvent.Verdict.UP, null);
        assertThat(sums("bad_answers")).isEqualTo(MetricSums.ofUnit(false));
    }

    @Test
    void late_feedback_is_booked_in_the_stage_of_the_answer() {
        finish("u1");
        release.controls().promote(1, Exposure.of("100%", 1), Releases.ADA, "on");
        ticker.advance(MINUTE.multipliedBy(60));
        traffic.llmops.feedback("u1", LlmEvent.Verdict.DOWN, null);
        assertThat(sums("bad_answers").bad()).isEqualTo(1);
    }

    @Test
    void a_leak_counts_at_once_and_from_every_call() {
        finish("u1");
        LlmCall second = traffic.start("u1");
        second.risk(new RiskFinding("pii_leak", "logged", null));
        second.finish("stop");
        assertThat(sums("risk/pii_leak").bad()).isEqualTo(1);
    }

    @Test
    void calls_without_a_mark_are_not_counted() {
        traffic.llmops.call(Operation.CHAT, "openai", "gpt").start().finish("stop");
        ticker.advance(MINUTE);
        assertThat(recorder.evidence()).isEqualTo(GateEvidence.empty("r1"));
    }

    @Test
    void calls_beyond_the_capacity_stay_in_the_sums() {
        IntStream.range(0, 1_200).forEach(i -> finish("u" + i));
        ticker.advance(MINUTE);
        assertThat(sums("units").n()).isEqualTo(1_200);
    }

    @Test
    void a_shadow_and_the_call_it_shadows_make_a_pair() {
        LlmCall seen = traffic.start("u1");
        LlmCall shadow = shadowOf("u1", seen);
        seen.finish("stop");
        shadow.fail(CallError.of(ErrorKind.OVERLOADED));
        ticker.advance(MINUTE);
        GateEvidence evidence = recorder.evidence();
        assertThat(evidence.sums(ALL, "errors/pairs", Arm.SHADOW)).isEqualTo(MetricSums.ofUnit(true));
        assertThat(evidence.sums(ALL, "errors/pairs", Arm.CANDIDATE)).isEqualTo(MetricSums.ofUnit(false));
        assertThat(evidence.sums(ALL, "errors", Arm.SHADOW)).isEqualTo(MetricSums.NONE);
    }

    @Test
    void pairs_beyond_the_capacity_stay_in_the_sums() {
        LlmCall seen = traffic.start("u1");
        LlmCall shadow = shadowOf("u1", seen);
        seen.finish("stop");
        shadow.fail(CallError.of(ErrorKind.OVERLOADED));
        IntStream.range(0, 1_200).forEach(i -> finish("other-" + i));
        ticker.advance(MINUTE);
        assertThat(recorder.evidence().sums(ALL, "errors/pairs", Arm.SHADOW)).isEqualTo(MetricSums.ofUnit(true));
    }

    private LlmCall shadowOf(String unit, LlmCall seen) {
        return release.assign(unit)
                .markShadow(traffic.llmops.call(Operation.CHAT, "openai", "gpt").start(), seen);
    }

    private long dropped(String where) {
        return traffic.llmops.telemetry().value(Telemetry.Kind.DROPPED, where);
    }

    @Test
    void halves_of_pairs_that_are_too_far_apart_are_given_up_and_counted() {
        for (int i = 0; i < 3; i++) {
            LlmCall seen = traffic.start("late-" + i);
            LlmCall shadow = shadowOf("late-" + i, seen);
            shadow.finish("stop");
            IntStream.range(0, 2_100).forEach(number -> finish("other-" + number));
            seen.finish("stop");
        }
        IntStream.range(0, 2_100).forEach(number -> finish("last-" + number));
        ticker.advance(MINUTE);
        GateEvidence evidence = recorder.evidence();
        assertThat(evidence.notCounted()).containsEntry("shadow whose other half did not come close enough to it", 3L);
        assertThat(evidence.sums(ALL, "units/pairs", Arm.SHADOW)).isEqualTo(MetricSums.NONE);
        assertThat(dropped("release_pairs")).isEqualTo(3);
    }

    @Test
    void what_is_said_of_a_call_that_is_no_longer_kept_is_counted() {
        finish("u1");
        IntStream.range(0, 1_000).forEach(i -> finish("other-" + i));
        traffic.llmops.feedback("u1", LlmEvent.Verdict.DOWN, null);
        traffic.llmops.feedback("other-999", LlmEvent.Verdict.DOWN, null);
        ticker.advance(MINUTE);
        assertThat(recorder.evidence().notCounted())
                .containsEntry("feedback, evaluation or risk came when it was no longer kept", 1L);
        assertThat(sums("bad_answers").bad()).isEqualTo(1);
        assertThat(dropped("release_late_events")).isEqualTo(1);
    }

    @Test
    void eight_threads_lose_no_call() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> work = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(thread -> () -> {
                    IntStream.range(0, 2_000).forEach(i -> finish(thread + "-" + i));
                    return true;
                })
                .toList();
        for (var done : threads.invokeAll(work)) {
            done.get();
        }
        threads.shutdown();
        ticker.advance(MINUTE);
        assertThat(sums("units").n()).isEqualTo(16_000);
    }
}
