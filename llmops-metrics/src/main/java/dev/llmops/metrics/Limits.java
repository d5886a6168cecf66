package dev.llmops.metrics;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.LabelLimiter;
import dev.llmops.core.telemetry.Telemetry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The limiters of the labels that somebody could grow. */
final class Limits {

    private final Map<String, Integer> maxValues;
    private final int defaultMaxValues;
    private final Telemetry telemetry;
    private final ConcurrentMap<String, LabelLimiter> limiters = new ConcurrentHashMap<>();

    Limits(Map<String, Integer> maxValues, int defaultMaxValues, Telemetry telemetry) {
        this.maxValues = Map.copyOf(maxValues);
        this.defaultMaxValues = defaultMaxValues;
        this.telemetry = telemetry;
    }

    String limit(String label, @Nullable String value) {
        LabelLimiter known = limiters.get(label);
        LabelLimiter limiter = known != null ? known : limiters.computeIfAbsent(label, this::newLimiter);
        return limiter.limit(value);
    }

    /** The same for OpenTelemetry, where what is not known is absent: on Prometheus, an empty label is none. */
    String limitOrAbsent(String label, @Nullable String value) {
        return value == null || value.isBlank() ? "" : limit(label, value);
    }

    private LabelLimiter newLimiter(String label) {
        return new LabelLimiter(label, maxValues.getOrDefault(label, defaultMaxValues), telemetry);
    }

    /** The labels that every metric of a call has. */
    Target target(CallInfo call) {
        return target(call.operation(), call.provider(), call.requestModel());
    }

    Target target(Operation operation, String provider, String model) {
        return new Target(limit("operation", operation.name()), limit("provider", provider), limit("model", model));
    }

    /** Operation, provider and model, bounded. */
    record Target(String operation, String provider, String model) {}
}
