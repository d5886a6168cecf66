package dev.llmops.slo.engine;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.telemetry.LabelLimiter;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Objective;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** An objective with all its groups; finds the series that a call belongs to. */
final class ObjectiveSeries {

    private static final String SEPARATOR = "\u001f";

    private final Objective objective;
    private final Dimension[] groupBy;
    private final Map<String, String> labels;
    private final Function<Map<Dimension, String>, Series> newSeries;
    private final Map<String, Series> byGroup = new ConcurrentHashMap<>();
    private volatile LabelLimiter limiter;

    ObjectiveSeries(
            Objective objective,
            Telemetry telemetry,
            Map<String, String> labels,
            Function<Map<Dimension, String>, Series> newSeries) {
        this.objective = objective;
        this.newSeries = newSeries;
        this.labels = labels;
        groupBy = objective.groupBy().toArray(new Dimension[0]);
        limiter = limiter(telemetry);
        if (groupBy.length == 0) {
            byGroup.put("", newSeries.apply(Map.of()));
        }
    }

    private LabelLimiter limiter(Telemetry telemetry) {
        return new LabelLimiter("slo." + objective.name(), objective.groupLimit(), telemetry);
    }

    /** Counts overflow elsewhere from now on; the groups that are there keep their places. */
    void useTelemetry(Telemetry telemetry) {
        LabelLimiter fresh = limiter(telemetry);
        byGroup.keySet().stream().filter(key -> !key.equals(LabelLimiter.OTHER)).forEach(fresh::limit);
        limiter = fresh;
    }

    boolean matches(CallInfo call) {
        return objective.filter().matches(call);
    }

    Series seriesOf(CallInfo call) {
        if (groupBy.length == 0) {
            return series("");
        }
        if (groupBy.length == 1) {
            return series(limiter.limit(value(groupBy[0], call)));
        }
        StringBuilder key = new StringBuilder();
        for (Dimension dimension : groupBy) {
            String value = value(dimension, call);
            key.append(key.length() == 0 ? "" : SEPARATOR).append(value.isBlank() ? LabelLimiter.UNKNOWN : value);
        }
        return series(limiter.limit(key.toString()));
    }

    /** Calls do not know the free labels; they are those of the process. */
    private String value(Dimension dimension, CallInfo call) {
        return dimension.isFree() ? labels.getOrDefault(dimension.label(), "") : dimension.of(call);
    }

    private Series series(String key) {
        Series series = byGroup.get(key);
        return series != null ? series : byGroup.computeIfAbsent(key, k -> newSeries.apply(group(k)));
    }

    /** Opens a group before its first event. */
    void open(Map<Dimension, String> group) {
        if (groupBy.length > 0) {
            List<String> values = objective.groupBy().stream()
                    .map(dimension -> group.getOrDefault(dimension, LabelLimiter.UNKNOWN))
                    .toList();
            boolean overflow = values.stream().allMatch(LabelLimiter.OTHER::equals);
            series(overflow ? LabelLimiter.OTHER : limiter.limit(String.join(SEPARATOR, values)));
        }
    }

    private Map<Dimension, String> group(String key) {
        Map<Dimension, String> group = new TreeMap<>();
        String[] values = key.split(SEPARATOR, -1);
        for (int i = 0; i < groupBy.length; i++) {
            group.put(groupBy[i], values.length == groupBy.length ? values[i] : LabelLimiter.OTHER);
        }
        return group;
    }

    Objective objective() {
        return objective;
    }

    Collection<Series> all() {
        return byGroup.values();
    }
}
