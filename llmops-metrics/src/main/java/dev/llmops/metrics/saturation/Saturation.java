package dev.llmops.metrics.saturation;

import dev.llmops.core.Ticker;
import dev.llmops.core.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Polls devices and inference servers, and shows their load as the {@code llm.gpu} and {@code llm.server} metrics on
 * Micrometer. {@link PrometheusSaturation} shows them on the Prometheus client.
 *
 * <pre>{@code
 * SaturationMonitor monitor = Saturation.on(meterRegistry)
 *         .nvidiaDevices()
 *         .endpoint("vllm-0", URI.create("http://10.0.0.7:8000/metrics"))
 *         .start();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Saturation {

    /** Default of {@link Builder#interval}: {@value} seconds. */
    public static final int DEFAULT_INTERVAL_SECONDS = 10;

    /** Default of {@link Builder#timeout}: {@value} seconds. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 5;

    private Saturation() {}

    /**
     * Shows readings through Micrometer.
     *
     * @param registry any registry
     * @return a builder of a monitor
     */
    public static Builder on(MeterRegistry registry) {
        return new Builder(() -> new MicrometerGauges(registry));
    }

    /** Collects the sources to poll. Not safe for use by many threads. */
    public static final class Builder {

        private final Supplier<SaturationMonitor.Exporter> exporter;
        private final List<Supplier<SaturationProbe>> probes = new ArrayList<>();
        private final Set<String> servers = new HashSet<>();
        private final List<String> problems = new ArrayList<>();
        private Duration interval = Duration.ofSeconds(DEFAULT_INTERVAL_SECONDS);
        private Duration timeout = Duration.ofSeconds(DEFAULT_TIMEOUT_SECONDS);
        private Telemetry telemetry = new Telemetry();

        Builder(Supplier<SaturationMonitor.Exporter> exporter) {
            this.exporter = exporter;
        }

        /**
         * Polls the NVIDIA devices of this machine: through NVML, which needs the artifact {@code net.java.dev.jna:jna},
         * otherwise through {@code nvidia-smi}. Without a device there is one log line and no series.
         *
         * @return this builder
         */
        public Builder nvidiaDevices() {
            probes.add(() -> NvidiaProbe.ofThisMachine(timeout));
            return this;
        }

        /**
         * Polls a Prometheus text endpoint. Known are vLLM, SGLang, TGI, TensorRT-LLM (in Triton or by itself),
         * Triton, NIM and llm-d for queue, running requests and key-value cache, and the DCGM exporter and Triton for
         * devices.
         *
         * @param server a short name of the endpoint, unique here; it becomes the label {@code server} and the first
         *     part of {@code gpu_id}
         * @param metrics the address, {@code http} or {@code https}
         * @return this builder
         */
        public Builder endpoint(String server, URI metrics) {
            if (server.isBlank() || !servers.add(server)) {
                problems.add("endpoint.server is blank or used twice ('" + server + "') — a unique name");
            }
            if (!"http".equalsIgnoreCase(metrics.getScheme()) && !"https".equalsIgnoreCase(metrics.getScheme())) {
                problems.add("endpoint.metrics is no address (" + metrics
                        + ") — http or https — pass for example http://localhost:8000/metrics");
            }
            probes.add(() -> new EndpointProbe(server, metrics, timeout));
            return this;
        }

        /**
         * Polls a source of your own.
         *
         * @param probe the source; the monitor closes it
         * @return this builder
         */
        public Builder probe(SaturationProbe probe) {
            probes.add(() -> probe);
            return this;
        }

        /**
         * Sets the pause between two polls of a source; default {@value Saturation#DEFAULT_INTERVAL_SECONDS} seconds.
         *
         * @param interval at least a millisecond
         * @return this builder
         */
        public Builder interval(Duration interval) {
            this.interval = positive("interval", interval);
            return this;
        }

        /**
         * Sets the time limit of a poll; default {@value Saturation#DEFAULT_TIMEOUT_SECONDS} seconds.
         *
         * @param timeout at least a millisecond
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            this.timeout = positive("timeout", timeout);
            return this;
        }

        /**
         * Sets where failed polls are counted; by default they are only logged.
         *
         * @param telemetry the telemetry of the {@code LlmOps} whose metrics show {@code llm.telemetry.failures}
         * @return this builder
         */
        public Builder telemetry(Telemetry telemetry) {
            this.telemetry = telemetry;
            return this;
        }

        private Duration positive(String property, Duration duration) {
            if (duration.toMillis() < 1) {
                problems.add(property + " is too short (" + duration + ") — at least 1 ms");
            }
            return duration;
        }

        /**
         * Starts polling on daemon threads.
         *
         * @return the running monitor; close it to stop
         * @throws IllegalArgumentException if a setting is invalid, naming every problem
         */
        public SaturationMonitor start() {
            if (probes.isEmpty()) {
                problems.add("no source is set — at least one — call nvidiaDevices(), endpoint(...) or probe(...)");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            List<SaturationProbe> made = new ArrayList<>();
            probes.forEach(probe -> made.add(probe.get()));
            SaturationMonitor monitor =
                    new SaturationMonitor(made, interval, telemetry, Ticker.system(), exporter.get());
            monitor.start();
            return monitor;
        }
    }
}
