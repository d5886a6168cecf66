package dev.llmops.slo.metrics;

import java.util.List;

/** The series of objectives: their names, labels and help, the same on every metrics library. */
enum SloSeries {
    EVENTS("llm.slo.events", "Events of an objective, by verdict", "verdict"),
    BURN_RATE("llm.slo.burn.rate", "Burn rate of an error budget over a window", "window"),
    BUDGET_REMAINING("llm.slo.budget.remaining", "Share of an error budget that is left", ""),
    TARGET("llm.slo.target", "Promised share of good events", ""),
    EXCLUDED("llm.slo.excluded", "1 while the events of an objective are excluded, else 0", "");

    static final String GOOD = "good";
    static final String BAD = "bad";

    private final String meterName;
    private final String description;
    private final String ownLabel;

    SloSeries(String meterName, String description, String ownLabel) {
        this.meterName = meterName;
        this.description = description;
        this.ownLabel = ownLabel;
    }

    String meterName() {
        return meterName;
    }

    /** Returns the name on Prometheus without the suffix of a counter. */
    String prometheusName() {
        return meterName.replace('.', '_');
    }

    String description() {
        return description;
    }

    /** Returns the label besides the objective and its group, if there is one. */
    List<String> ownLabels() {
        return ownLabel.isEmpty() ? List.of() : List.of(ownLabel);
    }
}
