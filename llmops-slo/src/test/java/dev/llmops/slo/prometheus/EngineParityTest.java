package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.PlainEvaluator;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The engine and an independent, plain evaluator agree on one trace of events, to the event. */
class EngineParityTest {

    private final ParityTrace trace = new ParityTrace();

    @Test
    void engineAndPlainEvaluator_agreeToTheEvent() {
        for (Instant at : trace.probes()) {
            for (SloStatus status : trace.statuses(at)) {
                Objective objective = status.objective();
                PlainEvaluator.Window window =
                        trace.plain.window(at, objective.window().nominalLength());
                assertThat(status.counts().bad()).isEqualTo(window.bad());
                assertThat(status.counts().total()).isEqualTo(window.total());
                assertThat(status.state())
                        .isEqualTo(trace.plain.state(at, objective.window().nominalLength(), objective.target()));
                for (TierVerdict verdict : status.tiers()) {
                    assertThat(verdict.state())
                            .as("%s at %s", verdict, at)
                            .isEqualTo(trace.plain.tier(
                                    at,
                                    verdict.tier(),
                                    objective.target(),
                                    objective.alerts().guard()));
                }
            }
        }
    }
}
