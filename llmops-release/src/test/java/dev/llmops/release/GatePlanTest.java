package dev.llmops.release;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static dev.llmops.release.Policies.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.policy.GatePolicy;
import org.junit.jupiter.api.Test;

class GatePlanTest {

    private static GatePlan.Entry entry(GatePlan plan, String stage, String metric, GatePlan.Question question) {
        return plan.entries().stream()
                .filter(entry ->
                        entry.stage().equals(stage) && entry.metric().equals(metric) && entry.question() == question)
                .findFirst()
                .orElseThrow();
    }

    private static GateProfile withTraffic(double unitsPerHour) {
        return new GateProfile(
                unitsPerHour,
                PROFILE.rates(),
                PROFILE.quantilesMillis(),
                1,
                PROFILE.costQuantiles(),
                PROFILE.costMean(),
                PROFILE.costDeviation(),
                PROFILE.cache());
    }

    @Test
    void proving_errors_takes_what_the_closed_form_says() {
        GatePlan.Entry prove = entry(GatePlan.of(FIVE_TESTS, PROFILE), "50%", "errors", GatePlan.Question.PROVE);
        double divergence = .5 * Math.log(.5 / .6) + .5 * Math.log(.5 / .4);
        assertThat(prove.units()).isCloseTo((Math.log(20) + 2) / divergence / .02, within(1.0));
        assertThat(prove.hours()).isCloseTo(prove.units() / 1_000, within(1e-9));
    }

    @Test
    void a_small_share_takes_longer() {
        GatePlan plan = GatePlan.of(FIVE_TESTS, PROFILE);
        assertThat(entry(plan, "1%", "errors", GatePlan.Question.DETECT).hours())
                .isGreaterThan(10
                        * entry(plan, "50%", "errors", GatePlan.Question.DETECT).hours());
    }

    @Test
    void little_traffic_never_decides_and_the_plan_says_so_before_the_start() {
        GatePlan plan = GatePlan.of(FIVE_TESTS, withTraffic(10));
        assertThat(plan.canPromote()).isFalse();
        assertThat(plan.explain()).contains("1% errors: detect never at this traffic (");
    }

    @Test
    void much_traffic_decides_in_time() {
        GatePlan plan = GatePlan.of(FIVE_TESTS, withTraffic(1e6));
        assertThat(plan.canPromote()).isTrue();
        assertThat(plan.timeToProve()).isBetween(java.time.Duration.ofMinutes(1), java.time.Duration.ofHours(72));
    }

    @Test
    void a_metric_that_was_never_bad_cannot_be_proved_by_counts() {
        GatePlan plan = GatePlan.of(GatePolicy.standard(), withTraffic(1e6));
        assertThat(entry(plan, "50%", "refusals", GatePlan.Question.PROVE).isNever())
                .isTrue();
    }

    @Test
    void the_last_stage_is_compared_with_its_holdback() {
        assertThat(GatePlan.of(FIVE_TESTS, PROFILE).entries())
                .extracting(GatePlan.Entry::stage)
                .contains("1%", "10%", "50%", "100%");
    }
}
