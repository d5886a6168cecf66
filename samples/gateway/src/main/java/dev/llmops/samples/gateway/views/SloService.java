package dev.llmops.samples.gateway.views;

import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.prometheus.ClassicAlerts;
import dev.llmops.slo.status.StatusJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/** The gateway's objectives: judged in process, and shown as metrics. */
public final class SloService implements AutoCloseable {

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
        return GoldenSignals.builder()
                .threshold(Instrument.REQUEST_LATENCY, ClassicAlerts.LATENCY_LIMIT)
                .histogramEdges(objectives().histogramEdges());
    }

    /** Returns the answer of {@code GET /slo}. */
    public String json() {
        return StatusJson.write(engine.allStatuses());
    }

    /** Returns the smallest remaining error budget of any objective; NaN if none is known. */
    public double budgetRemainingRatio() {
        return engine.statuses().stream()
                .flatMapToDouble(status -> status.budgetRemaining().stream())
                .min()
                .orElse(Double.NaN);
    }

    /** Saves the snapshot, so that the budget survives a restart. */
    @Override
    public void close() {
        engine.close();
    }
}
