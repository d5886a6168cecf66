package dev.llmops.slo.prometheus;

import dev.llmops.slo.Indicator;

/** The first thing to look at when an indicator burns its budget, in terms of the metrics of {@code llmops-metrics}. */
final class FirstLook {

    private FirstLook() {}

    static String at(Indicator indicator) {
        if (indicator instanceof Indicator.Availability) {
            return "llm_errors_total by kind and provider: one provider, or all?";
        }
        if (indicator instanceof Indicator.Latency latency) {
            return switch (latency.measure()) {
                case DURATION ->
                    "llm_tokens_total per call and the queue's share of the latency: longer answers, or waiting?";
                case TIME_TO_FIRST_TOKEN -> "the latency of retrieval and of the queue before the provider is called";
                case TIME_PER_OUTPUT_TOKEN -> "the load of the model server, by model and provider";
            };
        }
        if (indicator instanceof Indicator.CostPerCall) {
            return "tokens per call by model and feature: a longer prompt, or another model?";
        }
        if (indicator instanceof Indicator.Goodput) {
            return "the objectives of its parts: which of them is burning?";
        }
        if (indicator instanceof Indicator.Reported) {
            return "the queries of the objective's source, by their labels";
        }
        return "the worst answers of the last hour, by version set: was a prompt, model or index released?";
    }
}
