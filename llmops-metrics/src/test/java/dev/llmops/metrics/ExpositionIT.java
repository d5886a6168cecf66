package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.saturation.PrometheusSaturation;
import dev.llmops.metrics.saturation.Saturation;
import dev.llmops.metrics.saturation.SaturationMonitor;
import dev.llmops.metrics.saturation.SaturationProbe;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own linter has nothing to say about any metric, on either back end. */
class ExpositionIT {

    @TempDir
    Path folder;

    /** Reads every gauge that there is. */
    private static SaturationProbe everyGauge() {
        List<SaturationProbe.Reading> readings = Arrays.stream(Instrument.values())
                .filter(Instrument::isPolled)
                .map(gauge -> new SaturationProbe.Reading(
                        gauge, gauge.labels().stream().map(label -> "x").toList(), 0.5))
                .toList();
        return new SaturationProbe() {
            @Override
            public String name() {
                return "every_gauge";
            }

            @Override
            public SaturationProbe.Poll poll() {
                return new SaturationProbe.Poll(readings, List.of());
            }
        };
    }

    private static void show(SignalRecorder signals, Saturation.Builder saturation) {
        new Traffic(signals).run();
        signals.batchSize("vllm", "m", 8);
        signals.coldStart("vllm", "m", Duration.ofSeconds(5));
        SaturationMonitor monitor = saturation.probe(everyGauge()).start();
        Awaitility.await().until(() -> !monitor.readings().isEmpty());
    }

    private static String text(PrometheusRegistry registry) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }

    private String lint(String exposition) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/promtool")), "promtool is needed");
        Path input = Files.writeString(folder.resolve("metrics.txt"), exposition);
        Path output = folder.resolve("lint.txt");
        int status = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return status + " " + Files.readString(output);
    }

    private static Stream<String> shown(String exposition) {
        return exposition.lines().filter(line -> line.startsWith("# TYPE ")).map(line -> line.split(" ", -1)[2]);
    }

    /** All but two: nothing fails inside, and no label overflows. */
    private static Stream<String> expected() {
        return Arrays.stream(Instrument.values())
                .filter(instrument -> instrument != Instrument.TELEMETRY_FAILURES
                        && instrument != Instrument.TELEMETRY_LABEL_OVERFLOW)
                .map(instrument -> instrument.prometheusName().replace("{currency}", "usd"));
    }

    @Test
    void promtool_has_nothing_to_say_about_the_prometheus_client() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        show(
                PrometheusSignals.on(registry, GoldenSignals.builder().profiles(Profile.values())),
                PrometheusSaturation.on(registry));
        String exposition = text(registry);
        assertThat(shown(exposition)).containsAll(expected().toList());
        assertThat(lint(exposition)).isEqualTo("0 ");
    }

    @Test
    void promtool_has_nothing_to_say_about_micrometer() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        show(GoldenSignals.builder().profiles(Profile.values()).on(registry), Saturation.on(registry));
        String exposition = registry.scrape();
        assertThat(shown(exposition)).containsAll(expected().toList());
        assertThat(lint(exposition)).isEqualTo("0 ");
    }
}
