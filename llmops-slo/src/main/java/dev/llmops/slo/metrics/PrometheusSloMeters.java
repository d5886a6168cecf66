package dev.llmops.slo.metrics;

import dev.llmops.slo.Durations;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.engine.VerdictCounter;
import dev.llmops.slo.status.TierVerdict;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Objectives as series of the Prometheus client, without Micrometer. Needs the artifact
 * {@code io.prometheus:prometheus-metrics-core}.
 *
 * <pre>{@code
 * PrometheusSloMeters.bind(slos, prometheusRegistry);
 * }</pre>
 *
 * <p>Names and numbers are those of {@link SloMeters}; they are read at each scrape. A ratio that was not measured is absent.
 *
 * @since 0.1.0
 */
public final class PrometheusSloMeters {

    private final SloEngine slos;
    private final SloLabels labels;

    private PrometheusSloMeters(SloEngine slos) {
        this.slos = slos;
        labels = new SloLabels(slos.objectives());
    }

    /**
     * Shows all objectives and event rules of an engine, and the groups that come later.
     *
     * @param slos the engine
     * @param registry the registry that is scraped
     * @throws IllegalArgumentException if the registry has series of these names already, such as those of another engine
     */
    public static void bind(SloEngine slos, PrometheusRegistry registry) {
        PrometheusSloMeters meters = new PrometheusSloMeters(slos);
        List<Collector> registered = new ArrayList<>();
        for (SloSeries series : SloSeries.values()) {
            Collector family = meters.family(series);
            try {
                registry.register(family);
                registered.add(family);
            } catch (IllegalArgumentException e) {
                registered.forEach(registry::unregister);
                throw new IllegalArgumentException(
                        "registry has the series " + series.prometheusName()
                                + " already — one engine to a registry — give one engine all objectives",
                        e);
            }
        }
    }

    private Collector family(SloSeries series) {
        return switch (series) {
            case EVENTS -> events();
            case BURN_RATE -> burnRates();
            case BUDGET_REMAINING -> budgets();
            case TARGET -> objectives(series, objective -> objective.target().doubleValue());
            case EXCLUDED -> objectives(series, objective -> slos.isExcluded(objective.name()) ? 1 : 0);
        };
    }

    private Collector events() {
        return CounterWithCallback.builder()
                .name(SloSeries.EVENTS.prometheusName())
                .help(SloSeries.EVENTS.description())
                .labelNames(keys(SloSeries.EVENTS))
                .callback(callback -> forEach(counter -> {
                    callback.call(counter.good(), values(counter, SloSeries.GOOD));
                    callback.call(counter.bad(), values(counter, SloSeries.BAD));
                }))
                .build();
    }

    private Collector burnRates() {
        return gauge(
                SloSeries.BURN_RATE,
                keys(SloSeries.BURN_RATE),
                callback -> forEach(counter -> slos.status(counter).ifPresent(status -> {
                    for (TierVerdict.Burn burn : status.burnRates()) {
                        show(callback, burn.burnRate(), values(counter, Durations.format(burn.window())));
                    }
                })));
    }

    private Collector budgets() {
        return gauge(
                SloSeries.BUDGET_REMAINING,
                keys(SloSeries.BUDGET_REMAINING),
                callback -> forEach(counter -> slos.status(counter)
                        .ifPresent(status -> show(callback, status.budgetRemaining(), values(counter)))));
    }

    private Collector objectives(SloSeries series, ToDoubleFunction<Objective> value) {
        return gauge(
                series,
                new String[] {"slo"},
                callback -> slos.objectives()
                        .objectives()
                        .forEach(objective -> callback.call(value.applyAsDouble(objective), objective.name())));
    }

    private static Collector gauge(SloSeries series, String[] keys, Consumer<GaugeWithCallback.Callback> callback) {
        return GaugeWithCallback.builder()
                .name(series.prometheusName())
                .help(series.description())
                .labelNames(keys)
                .callback(callback)
                .build();
    }

    private void forEach(Consumer<VerdictCounter> action) {
        slos.verdictCounters().forEach(action);
    }

    private static void show(GaugeWithCallback.Callback callback, OptionalDouble value, String[] labels) {
        if (value.isPresent()) {
            callback.call(value.getAsDouble(), labels);
        }
    }

    private String[] keys(SloSeries series) {
        return labels.keys(series).toArray(String[]::new);
    }

    private String[] values(VerdictCounter counter, String... own) {
        return labels.values(counter.slo(), counter.group(), own).toArray(String[]::new);
    }
}
