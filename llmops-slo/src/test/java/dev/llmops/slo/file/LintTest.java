package dev.llmops.slo.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveBuilder;
import dev.llmops.slo.SloWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LintTest {

    private static ObjectiveBuilder objective(double target) {
        return Objective.builder("answers")
                .description("People get an answer.")
                .indicator(Indicator.availability())
                .target(target);
    }

    private static List<Lint.Code> codes(ObjectiveBuilder builder) {
        return Lint.check(ObjectiveSet.of(builder.build())).stream()
                .map(Lint.Finding::code)
                .toList();
    }

    private static AlertTier tier(double factor) {
        return AlertTier.of("page", Duration.ofHours(1), Duration.ofMinutes(5), factor);
    }

    @Test
    void soundObjective_hasNoFindings() {
        assertThat(codes(objective(0.999))).isEmpty();
    }

    @Test
    void targets() {
        assertThat(codes(objective(1))).containsExactly(Lint.Code.OBJECTIVE_100, Lint.Code.ALL_ALERTS_DISABLED);
        assertThat(codes(objective(0.4))).containsExactly(Lint.Code.OBJECTIVE_LOW);
        assertThat(codes(objective(0.999).description(""))).containsExactly(Lint.Code.NO_DESCRIPTION);
    }

    @Test
    void thresholdOfOne_isUnreachable() {
        assertThat(codes(objective(0.9).alerts(AlertPolicy.of(tier(10)))))
                .containsExactly(Lint.Code.THRESHOLD_UNREACHABLE);
        assertThat(codes(objective(0.9).alerts(AlertPolicy.of(tier(9.9))))).containsExactly(Lint.Code.THRESHOLD_HIGH);
        assertThat(codes(objective(0.9).alerts(AlertPolicy.of(tier(4.9))))).isEmpty();
    }

    @Test
    void factorBelowOne_alertsOnAServiceThatKeepsItsPromise() {
        assertThat(codes(objective(0.999).alerts(AlertPolicy.of(tier(0.98)))))
                .containsExactly(Lint.Code.FACTOR_BELOW_ONE);
    }

    @Test
    void windows() {
        Duration hour = Duration.ofHours(1);
        assertThat(codes(objective(0.999).alerts(AlertPolicy.of(AlertTier.of("page", hour, hour, 2)))))
                .containsExactly(Lint.Code.SHORT_NOT_SHORTER);
        assertThat(codes(objective(0.9).window(SloWindow.rolling(hour)).alerts(AlertPolicy.of(tier(2)))))
                .contains(Lint.Code.PERIOD_TOO_SHORT);
        assertThat(codes(objective(0.999).alerts(AlertPolicy.of(tier(14.4), tier(6)))))
                .containsExactly(Lint.Code.DUPLICATE_ALERT_WINDOW);
    }

    @Test
    void budgetOfSeconds_isGoneBeforeAnybodyIsTold() {
        assertThat(codes(objective(0.99999))).containsExactly(Lint.Code.BUDGET_UNDER_DETECTION);
    }

    @Test
    void lateVerdicts_needADelay() {
        ObjectiveBuilder scores = objective(0.95).indicator(Indicator.score("faithfulness", 0.8));
        assertThat(codes(scores)).containsExactly(Lint.Code.EVALUATION_DELAY_TOO_SHORT);
        assertThat(codes(scores.evaluationDelay(Duration.ofMinutes(15)))).isEmpty();
    }

    @Test
    void littleTraffic_isToldBeforehand() {
        assertThat(codes(objective(0.999).alerts(AlertPolicy.of(tier(14.4))).expectedEventsPerHour(69)))
                .containsExactly(Lint.Code.TRAFFIC_TOO_LOW);
        assertThat(codes(objective(0.999).alerts(AlertPolicy.of(tier(14.4))).expectedEventsPerHour(70)))
                .isEmpty();
    }

    @Test
    void labels() {
        assertThat(codes(objective(0.999).label("severity", "page"))).containsExactly(Lint.Code.RESERVED_LABEL);
        assertThat(codes(objective(0.999).groupBy(Dimension.MODEL).label("model", "x")))
                .containsExactly(Lint.Code.RESERVED_LABEL);
        assertThat(codes(objective(0.999).label("my-label", "x"))).containsExactly(Lint.Code.LABEL_NAME_CHARS);
    }

    @Test
    void queries() {
        String total = "sum(rate(t[{{.window}}]))";
        assertThat(codes(objective(0.999).source(MetricSource.badOverTotal(total, total))))
                .containsExactly(Lint.Code.SAME_QUERY);
        assertThat(codes(objective(0.999).source(MetricSource.badOverTotal("sum(rate(b[5m]))", total))))
                .containsExactly(Lint.Code.WINDOW_PLACEHOLDER_MISSING);
        assertThat(codes(objective(0.999)
                        .source(MetricSource.badOverTotal("sum(rate(b[{{.window}}])) or vector(0)", total))))
                .containsExactly(Lint.Code.SLI_FALLBACK_ASYMMETRY);
    }

    @Test
    void thresholdBetweenTwoEdges_isRefused() {
        assertThat(codes(objective(0.999)
                        .source(new MetricSource.ClassicHistogram("http_seconds", "", 0.4, List.of(0.25, 0.5)))))
                .containsExactly(Lint.Code.THRESHOLD_NOT_A_BUCKET);
    }

    @Test
    void namesAreSharedWithEventRules() {
        ObjectiveSet set =
                new ObjectiveSet(List.of(objective(0.999).build()), List.of(EventRule.never("answers", "leak")));
        assertThat(Lint.check(set)).extracting(Lint.Finding::code).containsExactly(Lint.Code.DUPLICATE_NAME);
    }

    @Test
    void warningsKeepNobodyFromStarting() {
        assertThatCode(() ->
                        Lint.requireUsable(ObjectiveSet.of(objective(0.99999).build())))
                .doesNotThrowAnyException();
    }

    @Test
    void everyFindingSaysWhatToDo() {
        List<Lint.Finding> findings = new ArrayList<>(Lint.check(
                ObjectiveSet.of(objective(0.9).alerts(AlertPolicy.of(tier(10))).build())));
        assertThat(findings.get(0))
                .hasToString(
                        "answers: THRESHOLD_UNREACHABLE: tier page 1h/5m ×10 asks for over 100 % bad events and can"
                                + " never fire; lower the factor to 5 or leave the tiers out to have them derived");
    }
}
