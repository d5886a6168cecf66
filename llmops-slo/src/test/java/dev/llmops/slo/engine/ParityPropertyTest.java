package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The engine against definitions that are evaluated without any of its structures. */
class ParityPropertyTest {

    private static final Instant START = Instant.parse("2026-03-28T20:00:00Z");
    private static final String[] TARGETS = {"0.5", "0.8", "0.9", "0.95", "0.99", "0.999"};

    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    @Property(tries = 150)
    void everyFigureAgrees_onRandomTraces(
            @ForAll Random random,
            @ForAll @IntRange(min = 0, max = 5) int target,
            @ForAll @IntRange(min = 60, max = 3_000) int periodMinutes,
            @ForAll @IntRange(min = 1, max = 300) int events) {
        now = START;
        Objective objective = Objective.builder("random")
                .indicator(Indicator.reported())
                .target(new BigDecimal(TARGETS[target]))
                .window(SloWindow.rolling(Duration.ofMinutes(periodMinutes)))
                .build();
        SloEngine engine = SloEngine.builder()
                .objective(objective)
                .clock(clock)
                .evaluateEvery(Duration.ZERO)
                .build();
        PlainEvaluator plain = new PlainEvaluator();
        for (int look = 0; look < 4; look++) {
            burst(random, engine, plain, events);
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(periodMinutes / 3 + 1)));
            now = now.truncatedTo(ChronoUnit.MINUTES);
            assertSame(engine.statuses().get(0), plain);
        }
    }

    /** Some events at random instants, the odd one late by up to a day; good and bad come in runs. */
    private void burst(Random random, SloEngine engine, PlainEvaluator plain, int events) {
        int spread = 1 + random.nextInt(120_000);
        boolean good = true;
        for (int i = 0; i < events; i++) {
            now = now.plusMillis(random.nextInt(spread));
            good = random.nextInt(10) == 0 ? !good : good;
            Instant at = random.nextInt(8) > 0 ? now : now.minusSeconds(random.nextInt(86_400));
            engine.report("random", at, good);
            plain.add(at, good);
        }
    }

    private void assertSame(SloStatus status, PlainEvaluator plain) {
        Objective objective = status.objective();
        Duration period = objective.window().nominalLength();
        PlainEvaluator.Window window = plain.window(now, period);
        assertThat(status.counts()).isEqualTo(new Counts(window.bad(), window.total()));
        assertThat(status.state()).isEqualTo(plain.state(now, period, objective.target()));
        assertThat(status.coverage()).isCloseTo(plain.coverage(now, period), within(1e-12));
        for (TierVerdict verdict : status.tiers()) {
            PlainEvaluator.Window longWindow = plain.window(now, verdict.tier().longWindow());
            assertThat(verdict.longBurn().counts()).isEqualTo(new Counts(longWindow.bad(), longWindow.total()));
            assertThat(verdict.state())
                    .as("%s at %s", verdict, now)
                    .isEqualTo(plain.tier(
                            now,
                            verdict.tier(),
                            objective.target(),
                            objective.alerts().guard()));
        }
        if (window.total() > 0) {
            BigDecimal ratio =
                    BigDecimal.valueOf(window.bad()).divide(BigDecimal.valueOf(window.total()), MathContext.DECIMAL128);
            BigDecimal left = BigDecimal.ONE.subtract(
                    ratio.divide(BigDecimal.ONE.subtract(objective.target()), MathContext.DECIMAL128));
            assertThat(status.budgetRemaining().orElseThrow())
                    .isCloseTo(left.doubleValue(), within(Math.max(1, Math.abs(left.doubleValue())) * 1e-12));
        }
    }
}
