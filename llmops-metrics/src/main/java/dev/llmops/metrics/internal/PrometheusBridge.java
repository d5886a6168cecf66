package dev.llmops.metrics.internal;

import dev.llmops.core.telemetry.Telemetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import org.jspecify.annotations.Nullable;

/**
 * The way through Micrometer's Prometheus registry to the client beneath it, which has histograms that Micrometer has
 * not. In a class of its own, for both libraries are optional.
 *
 * <p>See docs/decisions/metrics.md#micrometer-knows-common-tags-only-as-filters.
 */
final class PrometheusBridge {

    private PrometheusBridge() {}

    /** A back end on the client beneath a registry, or null if the registry is no Prometheus registry. */
    static @Nullable HistogramBackend beneath(MeterRegistry registry, Layout layout, Telemetry telemetry) {
        return registry instanceof PrometheusMeterRegistry prometheus
                ? new PrometheusBackend(prometheus.getPrometheusRegistry(), layout, commonLabels(prometheus), telemetry)
                : null;
    }

    /** Creates an empty Prometheus registry, or returns null if the given registry is no Prometheus registry. */
    static @Nullable MeterRegistry emptyOne(MeterRegistry registry) {
        return registry instanceof PrometheusMeterRegistry
                ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)
                : null;
    }

    /** The common tags, which Micrometer knows only in the form of filters: a meter that passed them wears them. */
    private static Labels commonLabels(PrometheusMeterRegistry registry) {
        Gauge probe = Gauge.builder("llm.common.tags", () -> 0).register(registry);
        registry.remove(probe);
        NamingConvention naming = registry.config().namingConvention();
        Labels.Builder labels = Labels.builder();
        probe.getId()
                .getTags()
                .forEach(tag -> labels.label(naming.tagKey(tag.getKey()), naming.tagValue(tag.getValue())));
        return labels.build();
    }
}
