package dev.llmops.spring.boot.slo;

import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.engine.VerdictCounter;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.WindowBurn;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Shows objectives as metrics. */
final class ObjectiveMeters {

    private static final Map<Indicator.Latency.Measure, Instrument> HISTOGRAMS = Map.of(
            Indicator.Latency.Measure.DURATION, Instrument.REQUEST_LATENCY,
            Indicator.Latency.Measure.TIME_TO_FIRST_TOKEN, Instrument.TIME_TO_FIRST_TOKEN,
            Indicator.Latency.Measure.TIME_PER_OUTPUT_TOKEN, Instrument.TIME_PER_OUTPUT_TOKEN);

    private final SloEngine engine;
    private final SignalRecorder signals;

    ObjectiveMeters(SloEngine engine, SignalRecorder signals) {
        this.engine = engine;
        this.signals = signals;
    }

    static void addThresholds(ObjectiveSet objectives, GoldenSignals.Builder signals) {
        objectives
                .latencyThresholds()
                .forEach((measure, thresholds) -> thresholds.forEach(
                        threshold -> signals.threshold(Objects.requireNonNull(HISTOGRAMS.get(measure)), threshold)));
        objectives
                .scoreThresholds()
                .values()
                .forEach(thresholds ->
                        thresholds.forEach(threshold -> signals.threshold(Instrument.EVALUATION_SCORE, threshold)));
    }

    void show() {
        engine.onVerdictCounter(this::show);
    }

    private void show(VerdictCounter counter) {
        String slo = counter.slo();
        Map<String, String> group = counter.group().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
        signals.sloEvents(slo, group, counter::good, counter::bad);
        signals.sloBudgetRemaining(
                slo,
                group,
                () -> read(
                        slo, counter.group(), status -> status.budgetRemaining().orElse(Double.NaN)));
        engine.statuses(slo).stream()
                .limit(1)
                .flatMap(status -> status.burnRates().stream().map(WindowBurn::window))
                .forEach(window -> signals.sloBurnRate(
                        slo,
                        group,
                        Durations.format(window),
                        () -> read(slo, counter.group(), status -> burnRate(status, window))));
    }

    private double read(String slo, Map<Dimension, String> group, ToDoubleFunction<SloStatus> figure) {
        return engine.statuses(slo).stream()
                .filter(status -> status.group().equals(group))
                .mapToDouble(figure)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double burnRate(SloStatus status, Duration window) {
        return status.burnRates().stream()
                .filter(burn -> burn.window().equals(window))
                .mapToDouble(burn -> burn.burnRate().orElse(Double.NaN))
                .findFirst()
                .orElse(Double.NaN);
    }
}
