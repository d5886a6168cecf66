package dev.llmops.samples.gateway.views;

import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.engine.VerdictCounter;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.prometheus.ClassicAlerts;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.StatusJson;
import dev.llmops.slo.status.WindowBurn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The gateway's objectives: judged in process, and shown as metrics. */
public final class SloService implements AutoCloseable {

    private static final Map<Indicator.Latency.Measure, Instrument> HISTOGRAMS = Map.of(
            Indicator.Latency.Measure.DURATION, Instrument.REQUEST_LATENCY,
            Indicator.Latency.Measure.TIME_TO_FIRST_TOKEN, Instrument.TIME_TO_FIRST_TOKEN,
            Indicator.Latency.Measure.TIME_PER_OUTPUT_TOKEN, Instrument.TIME_PER_OUTPUT_TOKEN);

    private final SloEngine engine;

    public SloService(Path dataDir, Clock clock) {
        engine = SloEngine.builder()
                .objectives(objectives())
                .clock(clock)
                .snapshot(dataDir.resolve("slo.snapshot"))
                .build();
    }

    public static ObjectiveSet objectives() {
        try (InputStream yaml = Objects.requireNonNull(SloService.class.getResourceAsStream("objectives.yml"))) {
            return ObjectiveSet.parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SloEngine engine() {
        return engine;
    }

    /** Golden signals whose histograms have an edge at each threshold of an objective and of the classic alerts. */
    public static GoldenSignals.Builder signals() {
        GoldenSignals.Builder signals =
                GoldenSignals.builder().threshold(Instrument.REQUEST_LATENCY, ClassicAlerts.LATENCY_LIMIT);
        ObjectiveSet objectives = objectives();
        objectives
                .latencyThresholds()
                .forEach((measure, thresholds) -> thresholds.forEach(
                        threshold -> signals.threshold(Objects.requireNonNull(HISTOGRAMS.get(measure)), threshold)));
        objectives
                .scoreThresholds()
                .values()
                .forEach(thresholds ->
                        thresholds.forEach(threshold -> signals.threshold(Instrument.EVALUATION_SCORE, threshold)));
        return signals;
    }

    /** Returns the answer of {@code GET /slo}. */
    public String json() {
        return StatusJson.write(engine.statuses(), engine.eventRuleStatuses());
    }

    /** Returns the smallest remaining error budget of any objective; NaN if none is known. */
    public double budgetRemainingRatio() {
        return engine.statuses().stream()
                .flatMapToDouble(status -> status.budgetRemaining().stream())
                .min()
                .orElse(Double.NaN);
    }

    public void showOn(SignalRecorder signals) {
        engine.onVerdictCounter(counter -> show(counter, signals));
    }

    private void show(VerdictCounter counter, SignalRecorder signals) {
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

    /** Saves the snapshot, so that the budget survives a restart. */
    @Override
    public void close() {
        engine.close();
    }
}
