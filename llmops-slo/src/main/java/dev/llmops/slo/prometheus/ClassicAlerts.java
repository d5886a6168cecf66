package dev.llmops.slo.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * Alerts on fixed limits of the golden signals, for those who do not state objectives: {@code HighErrorRate} (over 5 % in
 * 5 minutes), {@code HighLatency} (P95 over 5 s), {@code GPUMemoryHigh} (over 90 % of a device) and {@code DataDrift}
 * (population stability index over 0.2). They need no objectives and no engine, only the metrics of
 * {@code llmops-metrics} in their default profile.
 *
 * <pre>{@code
 * Files.writeString(Path.of("classic.rules.yml"), ClassicAlerts.yaml());
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ClassicAlerts {

    /** The place of the rule file on the class path: {@value}. */
    public static final String RESOURCE = "/dev/llmops/slo/prometheus/classic.rules.yml";

    /** The limit of {@code HighLatency}: 5 seconds; classic histograms need an edge here to be exact. */
    public static final Duration LATENCY_LIMIT = Duration.ofSeconds(5);

    private ClassicAlerts() {}

    /**
     * The rule file, for Prometheus 2.40 and later and for 3.
     *
     * @return YAML, one document
     */
    public static String yaml() {
        try (InputStream file = Objects.requireNonNull(ClassicAlerts.class.getResourceAsStream(RESOURCE))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
