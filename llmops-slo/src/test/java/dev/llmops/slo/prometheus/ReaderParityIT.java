package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.engine.PlainEvaluator;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the reader says of a fleet's counters in a real Prometheus is what the engine says of the events behind them. */
@ExtendWith(Parity.Shared.class)
class ReaderParityIT {

    private final Parity parity;
    private final ParityTrace trace;

    ReaderParityIT(Parity parity) {
        this.parity = parity;
        trace = parity.trace;
    }

    @Test
    void readerSaysWhatTheEngineSays() {
        for (Instant at : trace.probes()) {
            for (SloStatus fleet : parity.reader.read(trace.objectives, at)) {
                SloStatus engine = trace.status(at, fleet.objective().name());
                assertThat(fleet.notes()).isEmpty();
                if (parity.exact) {
                    assertThat(fleet.counts()).as("%s at %s", fleet, at).isEqualTo(engine.counts());
                    assertThat(fleet.burnRates()).isEqualTo(engine.burnRates());
                    assertThat(fleet.tiers()).isEqualTo(engine.tiers());
                    assertThat(fleet.budgetRemaining()).isEqualTo(engine.budgetRemaining());
                    assertThat(fleet.timeToExhaustion()).isEqualTo(engine.timeToExhaustion());
                    assertThat(fleet.coverage())
                            .isCloseTo(
                                    engine.coverage(),
                                    within(2.0
                                            / fleet.objective()
                                                    .window()
                                                    .nominalLength()
                                                    .toMinutes()));
                }
                if (trace.isStable(at, status -> status.state())) {
                    assertThat(fleet.state()).as("%s at %s", fleet, at).isEqualTo(engine.state());
                }
                for (AlertTier tier : fleet.objective().alerts().tiers()) {
                    if (trace.isStable(at, status -> state(status, tier))) {
                        assertThat(state(fleet, tier))
                                .as("%s of %s at %s", tier, fleet, at)
                                .isEqualTo(state(engine, tier));
                    }
                }
            }
        }
    }

    private static TierVerdict.State state(SloStatus status, AlertTier tier) {
        return status.tiers().stream()
                .filter(verdict -> verdict.tier().equals(tier))
                .map(TierVerdict::state)
                .findFirst()
                .orElse(TierVerdict.State.NO_DATA);
    }

    @Test
    void coverageWithoutRecordedSeries_isComputed() {
        Instant at = ParityTrace.START.plus(Duration.ofDays(2));
        Objective unrecorded = Objective.builder("month")
                .indicator(Indicator.reported())
                .target(0.999)
                .window(SloWindow.rolling(Duration.ofHours(4)))
                .build();
        assertThat(parity.reader.read(unrecorded, at).get(0).coverage())
                .isCloseTo(trace.plain.coverage(at, Duration.ofHours(4)), within(0.02));
    }

    @Test
    void calendarWindow_isReadFromItsStart() {
        Objective daily = Objective.builder("month")
                .indicator(Indicator.reported())
                .target(0.999)
                .window(SloWindow.calendarDay(ZoneOffset.UTC))
                .build();
        Instant at = ParityTrace.START.plus(Duration.ofHours(36));
        PlainEvaluator.Window window = trace.plain.window(at, Duration.ofHours(12));
        SloStatus status = parity.reader.read(daily, at).get(0);
        if (parity.exact) {
            assertThat(status.counts().total()).isEqualTo(window.total());
            assertThat(status.counts().bad()).isEqualTo(window.bad());
        }
    }
}
