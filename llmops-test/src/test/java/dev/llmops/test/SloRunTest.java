package dev.llmops.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.LlmEvent;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.status.SloStatus;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SloRunTest {

    private static final Objective TTFT = Objective.builder("ttft")
            .indicator(Indicator.timeToFirstToken(Duration.ofMillis(500)))
            .target(0.99)
            .build();
    private static final Objective THUMBS = Objective.builder("thumbs")
            .indicator(Indicator.feedback())
            .target(0.9)
            .build();

    @Test
    void enough_good_events_meet_the_objective() {
        SloRun run = SloRun.of(TTFT);
        new Traffic(run).answers(299, 100);
        assertThatCode(run::assertMet).doesNotThrowAnyException();
    }

    @Test
    void one_event_less_than_certainty_takes_is_insufficient() {
        SloRun run = SloRun.of(TTFT);
        new Traffic(run).answers(298, 100);
        assertThat(run.statuses()).singleElement().extracting("state").isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        assertThatThrownBy(run::assertMet).hasMessageContaining("certainty takes 299 events");
    }

    @Test
    void few_events_may_be_judged_by_what_was_observed() {
        SloRun run = SloRun.of(TTFT);
        new Traffic(run).answers(10, 100);
        assertThatCode(() -> run.assertMet(SloTest.InsufficientData.JUDGE_BY_OBSERVED_RATIO))
                .doesNotThrowAnyException();
    }

    @Test
    void no_event_at_all_is_never_healthy() {
        SloRun run = SloRun.of(TTFT);
        assertThatThrownBy(() -> run.assertMet(SloTest.InsufficientData.JUDGE_BY_OBSERVED_RATIO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no event was measured");
    }

    @Test
    void a_failure_gives_objective_value_n_interval_and_the_worst_offenders() {
        SloRun run = SloRun.of(TTFT);
        Traffic traffic = new Traffic(run);
        traffic.answers(180, 100);
        for (int i = 1; i <= 20; i++) {
            traffic.answer("slow-" + i, 600 + i);
        }
        assertThatThrownBy(run::assertMet)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ttft BREACHED")
                .hasMessageContaining("n: 200; error ratio 10.00 %, 95 % one-sided bounds 6.726 % to 14.20 %")
                .hasMessageContaining("worst: slow-20 (openai/gpt-4o): 620 ms\n  worst: slow-19")
                .hasMessageNotContaining("slow-15");
    }

    @Test
    void feedback_counts_where_an_objective_asks_for_it() {
        SloRun run = SloRun.of(THUMBS);
        Traffic traffic = new Traffic(run);
        traffic.answers(1, 100);
        traffic.llmops().feedback("r-0", LlmEvent.Verdict.DOWN, null);
        assertThat(run.offenders("thumbs", 5)).singleElement().hasToString("r-0 (openai/gpt-4o): thumbs down");
    }

    @Test
    void a_second_opinion_on_a_call_counts_no_more_than_in_the_engine() {
        SloRun run = SloRun.of(THUMBS);
        Traffic traffic = new Traffic(run);
        traffic.answers(1, 100);
        traffic.llmops().feedback("r-0", LlmEvent.Verdict.UP, null);
        traffic.llmops().feedback("r-0", LlmEvent.Verdict.DOWN, null);
        assertThat(run.statuses())
                .singleElement()
                .satisfies(status -> assertThat(status.counts()).isEqualTo(new Counts(0, 1)));
        assertThat(run.offenders("thumbs", 5)).isEmpty();
    }

    @Test
    void recorded_traffic_is_judged_at_the_time_it_happened() {
        SloRun live = SloRun.of(TTFT);
        new Traffic(live).answers(299, 100);
        SloRun replayed = SloRun.of(TTFT).replay(live.calls());
        assertThat(replayed.statuses()).singleElement().extracting("state").isEqualTo(SloStatus.State.MET);
    }

    @Test
    void a_load_makes_each_request_once_and_outlives_their_exceptions() throws InterruptedException {
        Set<Integer> numbers = ConcurrentHashMap.newKeySet();
        AtomicInteger requests = new AtomicInteger();
        SloRun.of(TTFT).load(100, 8, number -> {
            numbers.add(number);
            requests.incrementAndGet();
            throw new IllegalStateException("the server is down");
        });
        assertThat(requests).hasValue(100);
        assertThat(numbers).hasSize(100);
    }

    @Test
    void a_load_of_nothing_is_refused() {
        assertThatThrownBy(() -> SloRun.of(TTFT).load(0, 8, number -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("requests and concurrency are out of range (0 and 8) — both at least 1");
    }

    @Test
    void fluent_assertions_pass_and_fail_on_the_measured_value() {
        SloRun run = SloRun.of(TTFT);
        Traffic traffic = new Traffic(run);
        traffic.answers(99, 100);
        traffic.answer("slow", 900);
        run.assertThat("ttft").hasAtLeastEvents(100).hasErrorRatioAtMost(0.01).isWithinBudget();
        assertThatThrownBy(() -> run.assertThat("ttft").hasErrorRatioAtMost(0.009))
                .hasMessageStartingWith("ttft must have an error ratio of at most 0.9000 %");
        assertThatThrownBy(() -> run.assertThat("ttft").hasBudgetRemainingAtLeast(0.5))
                .hasMessageContaining("must have at least 50.00 % of its budget left");
    }

    @Test
    void an_unknown_objective_is_named_together_with_the_known_ones() {
        assertThatThrownBy(() -> SloRun.of(TTFT).assertThat("tftf"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "'tftf' does not name one status (0) — an objective without groups, one of [ttft]");
    }
}
