package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.Durations;
import dev.llmops.slo.Objective;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * What the generated rules record and fire on, in a real Prometheus, is what the engine says. The recorded period smooths
 * over five minutes and may be off by the events of as many.
 */
@ExtendWith(Parity.Shared.class)
class RulesParityIT {

    private final Parity parity;
    private final ParityTrace trace;

    RulesParityIT(Parity parity) {
        this.parity = parity;
        trace = parity.trace;
    }

    @Test
    void generatedAlerts_fireWhenTheEngineFires_orHoldsBackForItsBoundAlone() throws Exception {
        int fired = 0;
        for (JsonNode group : parity.rules.get("groups").values()) {
            String name = group.get("name").asString().replaceFirst("llm-slo-", "");
            for (JsonNode rule : group.get("rules").values()) {
                if (rule.path("alert").asString("").equals("LlmSloBurn")) {
                    String severity = rule.get("labels").get("severity").asString();
                    for (Instant at : trace.probes()) {
                        boolean firing = !parity.server
                                .query(rule.get("expr").asString(), at)
                                .isEmpty();
                        fired += firing ? 1 : 0;
                        if (parity.exact || trace.isStable(at, status -> status.alertState(severity))) {
                            assertThat(firing)
                                    .as("%s %s at %s", name, severity, at)
                                    .isEqualTo(firesByFloor(trace.status(at, name), severity));
                        }
                    }
                }
            }
        }
        assertThat(fired).isGreaterThan(20);
    }

    /** What the engine would say if its guard were the floor on bad events alone, as it is in the rules. */
    private static boolean firesByFloor(SloStatus status, String severity) {
        return status.tiers().stream()
                .filter(verdict -> verdict.tier().severity().equals(severity))
                .anyMatch(verdict -> verdict.state() == TierVerdict.State.FIRING
                        || (verdict.state() == TierVerdict.State.HELD
                                && verdict.longBurn().counts().bad()
                                        >= status.objective().alerts().guard().minimumBadEvents()));
    }

    @Test
    void recordedWindows_areTheEnginesWindows() throws IOException, InterruptedException {
        if (!parity.exact) {
            return;
        }
        for (Instant at : trace.probes()) {
            for (SloStatus status : trace.statuses(at)) {
                for (TierVerdict.Burn burn : status.burnRates()) {
                    List<Double> recorded = parity.server.query(
                            "last_over_time(llm_slo:error_ratio:rate" + Durations.format(burn.window()) + "{slo=\""
                                    + status.objective().name() + "\"}[59s])",
                            at);
                    if (burn.counts().isEmpty()) {
                        assertThat(recorded).isEmpty();
                    } else {
                        assertThat(recorded)
                                .singleElement()
                                .satisfies(ratio -> assertThat(ratio)
                                        .isCloseTo(burn.counts().errorRatio().orElseThrow(), within(1e-9)));
                    }
                }
            }
        }
    }

    @Test
    void recordedPeriodAndBudget_areTheEngines_upToFiveMinutesOfEvents() throws IOException, InterruptedException {
        for (Instant at : trace.probes()) {
            for (SloStatus status : trace.statuses(at)) {
                Objective objective = status.objective();
                String period = objective.window().toString();
                String slo = "{slo=\"" + objective.name() + "\"}";
                double edges = 2.0
                                * trace.plain.window(at, Duration.ofMinutes(6)).total()
                        + 2.0
                                * trace.plain
                                        .window(at.minus(objective.window().nominalLength()), Duration.ofMinutes(6))
                                        .total();
                double tolerance = edges / status.counts().total() + 1e-9 + extrapolated(status);
                assertThat(parity.server.query("llm_slo:error_ratio:" + period + slo, at))
                        .singleElement()
                        .satisfies(ratio ->
                                assertThat(ratio).isCloseTo(status.errorRatio().orElseThrow(), within(tolerance)));
                double budget = objective.budget().ratio().doubleValue();
                assertThat(parity.server.query("llm_slo:budget_remaining:" + period + slo, at))
                        .singleElement()
                        .satisfies(left -> assertThat(left)
                                .isCloseTo(status.budgetRemaining().orElseThrow(), within(tolerance / budget)));
                assertThat(parity.server.query("llm_slo:coverage:" + period + slo, at))
                        .singleElement()
                        .satisfies(share ->
                                assertThat(share).isCloseTo(status.coverage(), within(coverageTolerance(status))));
            }
        }
    }

    /** Prometheus 3 extrapolates a fifth of every base window, and less than that where a counter was close to 0. */
    private double extrapolated(SloStatus status) {
        return parity.exact ? 0 : status.errorRatio().orElseThrow() / 50;
    }

    /** On Prometheus 3 a lone event is seen by four samples of five. */
    private double coverageTolerance(SloStatus status) {
        return parity.exact ? 0.001 : status.coverage() / 5;
    }
}
