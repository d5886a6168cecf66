package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;
import java.util.stream.Stream;

/** The rules of OpenSLO v1 for an SLI. */
final class SliRules {

    private SliRules() {}

    static void check(ConfigNode spec) {
        MetadataRules.description(spec);
        spec.exclusive(true, "thresholdMetric", "ratioMetric");
        if (spec.has("thresholdMetric")) {
            metric(spec.get("thresholdMetric"));
        }
        if (spec.has("ratioMetric")) {
            ratio(spec.get("ratioMetric"));
        }
    }

    private static void ratio(ConfigNode ratio) {
        boolean oneBase = ratio.exclusive(true, "total", "raw");
        if (!oneBase) {
            return;
        }
        long parts = Stream.of("raw", "good", "bad").filter(ratio::has).count();
        if (parts > 1) {
            ratio.exclusive(false, "raw", "good", "bad");
            return;
        }
        if (ratio.has("total") && parts == 0) {
            ratio.problem("one_of_properties", "has neither good nor bad — one of both besides total — add it");
        }
        for (String part : new String[] {"total", "good", "bad", "raw"}) {
            if (ratio.has(part)) {
                metric(ratio.get(part));
            }
        }
        if (ratio.has("raw") && Require.present(ratio.get("rawType"))) {
            Require.oneOf(ratio.get("rawType"), "success", "failure");
        }
    }

    private static void metric(ConfigNode metric) {
        ConfigNode source = metric.get("metricSource");
        if (!Require.present(source)) {
            return;
        }
        ConfigNode reference = source.get("metricSourceRef");
        if (!reference.isEmpty()) {
            Require.dnsLabel(reference);
        }
        if (source.get("spec").isEmpty()) {
            source.get("spec").problem("map_min_length", "is empty — one property or more — add for example query");
        }
    }
}
