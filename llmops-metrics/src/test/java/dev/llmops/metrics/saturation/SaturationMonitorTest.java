package dev.llmops.metrics.saturation;

import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY;
import static dev.llmops.metrics.instrument.Instrument.GPU_UTILIZATION;
import static dev.llmops.metrics.instrument.Instrument.SERVER_QUEUE_SIZE;
import static dev.llmops.metrics.saturation.SaturationProbe.Reading.gpu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.metrics.instrument.Instrument;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SaturationMonitorTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final FakeTicker ticker = new FakeTicker();
    private final Telemetry telemetry = new Telemetry();
    private final SimpleMeterRegistry micrometer = new SimpleMeterRegistry();
    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final FixedProbe probe = new FixedProbe("fixed", gpu(GPU_UTILIZATION, "0", 0.5));

    private SaturationMonitor monitor(SaturationMonitor.Exporter exporter, SaturationProbe... probes) {
        return new SaturationMonitor(List.of(probes), INTERVAL, telemetry, ticker, exporter);
    }

    private SaturationMonitor onMicrometer() {
        return monitor(new MicrometerGauges(micrometer), probe);
    }

    private SaturationMonitor onPrometheus() {
        return monitor(new PrometheusGauges(prometheus), probe);
    }

    private List<String> scraped() {
        List<String> series = new ArrayList<>();
        for (MetricSnapshot family : prometheus.scrape()) {
            for (var point : family.getDataPoints()) {
                series.add(family.getMetadata().getPrometheusName() + point.getLabels() + " "
                        + ((GaugeSnapshot.GaugeDataPointSnapshot) point).getValue());
            }
        }
        return series;
    }

    private long failures() {
        return telemetry.value(Telemetry.Kind.FAILURES, "saturation.fixed");
    }

    @Test
    void before_the_first_poll_there_are_no_series() {
        onMicrometer();
        onPrometheus();
        assertThat(micrometer.getMeters()).isEmpty();
        assertThat(scraped()).isEmpty();
    }

    @Test
    void readings_become_gauges_on_micrometer() {
        onMicrometer().pollAll();
        assertThat(micrometer
                        .get("llm.gpu.utilization")
                        .tag("gpu_id", "0")
                        .gauge()
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void readings_become_gauges_on_the_prometheus_client() {
        probe.finds(
                gpu(GPU_MEMORY, "0", 1024), new SaturationProbe.Reading(SERVER_QUEUE_SIZE, List.of("vllm-0", "m"), 3));
        onPrometheus().pollAll();
        assertThat(scraped())
                .containsExactly(
                        "llm_gpu_memory_bytes{gpu_id=\"0\"} 1024.0",
                        "llm_server_queue_size{model=\"m\",server=\"vllm-0\"} 3.0");
    }

    @Test
    void a_gauge_follows_the_latest_reading() {
        SaturationMonitor monitor = onMicrometer();
        monitor.pollAll();
        probe.finds(gpu(GPU_UTILIZATION, "0", 0.75));
        monitor.pollAll();
        assertThat(micrometer.get("llm.gpu.utilization").gauge().value()).isEqualTo(0.75);
    }

    @Test
    void a_reading_that_is_not_repeated_takes_its_series_along() {
        SaturationMonitor monitor = onMicrometer();
        monitor.pollAll();
        probe.finds(gpu(GPU_UTILIZATION, "1", 0.25));
        monitor.pollAll();
        assertThat(micrometer.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("gpu_id"))
                .containsExactly("1");
    }

    @Test
    void a_failed_poll_is_counted_and_the_series_is_absent() {
        SaturationMonitor monitor = onPrometheus();
        monitor.pollAll();
        probe.answers(() -> {
            throw new IOException("the device fell off the bus");
        });
        monitor.pollAll();
        assertThat(scraped()).isEmpty();
        assertThat(failures()).isEqualTo(1);
    }

    @Test
    void after_a_failure_the_series_comes_back() {
        SaturationMonitor monitor = onPrometheus();
        probe.answers(() -> {
            throw new IOException("busy");
        });
        monitor.pollAll();
        probe.finds(gpu(GPU_UTILIZATION, "0", 1));
        monitor.pollAll();
        assertThat(scraped()).containsExactly("llm_gpu_utilization{gpu_id=\"0\"} 1.0");
    }

    @Test
    void each_problem_within_a_poll_is_counted() {
        probe.answers(() -> new SaturationProbe.Poll(List.of(gpu(GPU_UTILIZATION, "1", 0)), List.of("GPU 0 is lost")));
        SaturationMonitor monitor = onPrometheus();
        monitor.pollAll();
        monitor.pollAll();
        assertThat(failures()).isEqualTo(2);
        assertThat(scraped()).hasSize(1);
    }

    @Test
    void an_implausible_reading_is_counted_and_not_shown() {
        probe.finds(
                gpu(GPU_UTILIZATION, "0", 87),
                gpu(GPU_UTILIZATION, "1", Double.NaN),
                gpu(GPU_MEMORY, "0", -1),
                gpu(GPU_MEMORY, "1", 0));
        SaturationMonitor monitor = onPrometheus();
        monitor.pollAll();
        assertThat(monitor.readings()).containsExactly(gpu(GPU_MEMORY, "1", 0));
        assertThat(failures()).isEqualTo(3);
    }

    @Test
    void readings_of_a_probe_that_hangs_turn_stale_and_absent() {
        SaturationMonitor onMicrometer = onMicrometer();
        onMicrometer.pollAll();
        onPrometheus().pollAll();
        ticker.advance(INTERVAL.multipliedBy(3));
        assertThat(scraped()).hasSize(1);
        ticker.advance(Duration.ofNanos(1));
        assertThat(scraped()).isEmpty();
        assertThat(micrometer.get("llm.gpu.utilization").gauge().value()).isNaN();
    }

    @Test
    void more_readings_than_a_probe_may_have_are_dropped_and_counted() {
        probe.finds(IntStream.range(0, SaturationMonitor.MAX_READINGS + 5)
                .mapToObj(i -> gpu(GPU_MEMORY, "gpu-" + i, i))
                .toArray(SaturationProbe.Reading[]::new));
        SaturationMonitor monitor = onPrometheus();
        monitor.pollAll();
        assertThat(monitor.readings()).hasSize(SaturationMonitor.MAX_READINGS);
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "saturation.fixed")).isEqualTo(5);
    }

    @Test
    void of_two_probes_that_read_the_same_the_first_counts() {
        FixedProbe second = new FixedProbe("second", gpu(GPU_UTILIZATION, "0", 0.9));
        SaturationMonitor monitor = monitor(new PrometheusGauges(prometheus), probe, second);
        monitor.pollAll();
        assertThat(monitor.readings()).containsExactly(gpu(GPU_UTILIZATION, "0", 0.5));
    }

    @Test
    void closing_takes_the_series_back_and_closes_the_probes() {
        SaturationMonitor one = onMicrometer();
        SaturationMonitor other = onPrometheus();
        one.pollAll();
        other.pollAll();
        one.close();
        other.close();
        assertThat(micrometer.getMeters()).isEmpty();
        assertThat(scraped()).isEmpty();
        assertThat(probe.isClosed()).isTrue();
    }

    @Test
    void a_started_monitor_polls_on_a_daemon_thread_of_its_own() {
        List<Thread> pollers = new ArrayList<>();
        CountDownLatch polledTwice = new CountDownLatch(2);
        probe.answers(() -> {
            pollers.add(Thread.currentThread());
            polledTwice.countDown();
            return new SaturationProbe.Poll(List.of(gpu(GPU_UTILIZATION, "0", 0.5)), List.of());
        });
        try (SaturationMonitor monitor = PrometheusSaturation.on(prometheus)
                .probe(probe)
                .interval(Duration.ofMillis(1))
                .telemetry(telemetry)
                .start()) {
            Awaitility.await().until(() -> polledTwice.getCount() == 0);
            Awaitility.await().until(() -> !monitor.readings().isEmpty());
        }
        assertThat(pollers).allMatch(Thread::isDaemon).doesNotContain(Thread.currentThread());
    }

    @Test
    void every_mistake_in_a_configuration_is_reported_at_once() {
        Saturation.Builder builder = Saturation.on(micrometer)
                .endpoint("a", URI.create("http://localhost/metrics"))
                .endpoint("a", URI.create("ftp://localhost"))
                .interval(Duration.ZERO)
                .timeout(Duration.ofSeconds(-1));
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "endpoint.server is blank or used twice ('a') — a unique name",
                        "endpoint.metrics is no address (ftp://localhost) — http or https",
                        "interval is too short (PT0S) — at least 1 ms",
                        "timeout is too short (PT-1S) — at least 1 ms");
    }

    @Test
    void a_monitor_of_nothing_is_a_mistake() {
        assertThatThrownBy(() -> Saturation.on(micrometer).start()).hasMessageContaining("no source is set");
    }

    @Test
    void a_reading_must_have_the_labels_of_its_gauge() {
        assertThatThrownBy(() -> new SaturationProbe.Reading(SERVER_QUEUE_SIZE, List.of("only one"), 1))
                .hasMessageContaining("[server, model]", "llm.server.queue.size", "[only one]");
        assertThatThrownBy(() -> new SaturationProbe.Reading(Instrument.REQUESTS, List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
