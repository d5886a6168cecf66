package dev.llmops.slo.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of Sloth's rules besides the objective.
 *
 * @param mode the label {@code sloth_mode} of the info series
 * @param spec its label {@code sloth_spec}
 * @param version its label {@code sloth_version}
 * @param extraLabels labels on every recording rule, beside the objective's own
 * @param alertName the name of all alerts
 * @param alertLabels labels on every alert
 * @param severityLabels further labels on the alerts of a severity
 */
record SlothNaming(
        String mode,
        String spec,
        String version,
        Map<String, String> extraLabels,
        String alertName,
        Map<String, String> alertLabels,
        Map<String, Map<String, String>> severityLabels) {

    /** Names for which nothing special is asked. */
    static final SlothNaming DEFAULT =
            new SlothNaming("llmops", "llmops.slo/v1", "0.1.0", Map.of(), "SloErrorBudgetBurn", Map.of(), Map.of());

    /** Copies the maps. */
    SlothNaming {
        extraLabels = Map.copyOf(extraLabels);
        alertLabels = Map.copyOf(alertLabels);
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        severityLabels.forEach((severity, labels) -> copy.put(severity, Map.copyOf(labels)));
        severityLabels = Map.copyOf(copy);
    }
}
