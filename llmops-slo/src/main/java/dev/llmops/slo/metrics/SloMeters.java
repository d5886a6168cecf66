package dev.llmops.slo.metrics;

import dev.llmops.slo.Durations;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.engine.VerdictCounter;
import dev.llmops.slo.status.SloStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Objectives as meters of Micrometer. Needs the artifact {@code io.micrometer:micrometer-core}; {@link PrometheusSloMeters}
 * does the same without Micrometer.
 *
 * <pre>{@code
 * SloMeters.bind(slos, meterRegistry);
 * }</pre>
 *
 * <p>The meters are {@code llm.slo.events}, which the generated Prometheus rules read, {@code llm.slo.burn.rate},
 * {@code llm.slo.budget.remaining}, {@code llm.slo.target} and {@code llm.slo.excluded}. Both verdicts of an objective stand at 0 before its first
 * event. Ratios that were not measured are not a number.
 *
 * @since 0.1.0
 */
public final class SloMeters {

    private final SloEngine slos;
    private final MeterRegistry registry;
    private final SloLabels labels;

    private SloMeters(SloEngine slos, MeterRegistry registry) {
        this.slos = slos;
        this.registry = registry;
        labels = new SloLabels(slos.objectives());
    }

    /**
     * Shows all objectives and event rules of an engine, and the groups that come later. A registry takes one engine, since
     * a second one would have the same meters.
     *
     * @param slos the engine
     * @param registry any registry
     */
    public static void bind(SloEngine slos, MeterRegistry registry) {
        SloMeters meters = new SloMeters(slos, registry);
        slos.objectives().objectives().forEach(meters::showObjective);
        slos.onVerdictCounter(meters::show);
    }

    private void showObjective(Objective objective) {
        String name = objective.name();
        double target = objective.target().doubleValue();
        gauge(SloSeries.TARGET, name, () -> target);
        gauge(SloSeries.EXCLUDED, name, () -> slos.isExcluded(name) ? 1 : 0);
    }

    private void gauge(SloSeries series, String objective, Supplier<Number> value) {
        Gauge.builder(series.meterName(), value)
                .description(series.description())
                .tags("slo", objective)
                .strongReference(true)
                .register(registry);
    }

    private void show(VerdictCounter counter) {
        events(counter, SloSeries.GOOD, VerdictCounter::good);
        events(counter, SloSeries.BAD, VerdictCounter::bad);
        slos.status(counter).ifPresent(status -> {
            gauge(SloSeries.BUDGET_REMAINING, counter, SloStatus::budgetRemaining);
            status.burnRates().forEach(burn -> burnRate(counter, burn.window()));
        });
    }

    private void burnRate(VerdictCounter counter, Duration window) {
        gauge(SloSeries.BURN_RATE, counter, status -> status.burnRate(window), Durations.format(window));
    }

    private void events(VerdictCounter counter, String verdict, Function<VerdictCounter, Double> count) {
        FunctionCounter.builder(SloSeries.EVENTS.meterName(), counter, count::apply)
                .description(SloSeries.EVENTS.description())
                .tags(tags(SloSeries.EVENTS, counter, verdict))
                .register(registry);
    }

    private void gauge(
            SloSeries series, VerdictCounter counter, Function<SloStatus, OptionalDouble> figure, String... own) {
        Gauge.builder(
                        series.meterName(),
                        () -> slos.status(counter)
                                .map(status -> figure.apply(status).orElse(Double.NaN))
                                .orElse(Double.NaN))
                .description(series.description())
                .tags(tags(series, counter, own))
                .strongReference(true)
                .register(registry);
    }

    private Tags tags(SloSeries series, VerdictCounter counter, String... own) {
        List<String> keys = labels.keys(series);
        List<String> values = labels.values(counter.slo(), counter.group(), own);
        return Tags.of(IntStream.range(0, keys.size())
                .mapToObj(i -> Tag.of(keys.get(i), values.get(i)))
                .toList());
    }
}
