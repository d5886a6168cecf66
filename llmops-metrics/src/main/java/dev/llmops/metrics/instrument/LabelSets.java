package dev.llmops.metrics.instrument;

import java.util.ArrayList;
import java.util.List;

/** Labels that many metrics share. */
final class LabelSets {

    private static final List<String> CALL = List.of("operation", "provider", "model");

    private static final List<String> GEN_AI = List.of(
            "gen_ai.operation.name",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "gen_ai.response.model",
            "server.address",
            "server.port");

    private LabelSets() {}

    /** The labels of a call in the profile {@code llm}, and more. */
    static List<String> call(String... more) {
        return with(CALL, more);
    }

    /** The attributes of a call in OpenTelemetry's profiles, and more. */
    static List<String> genAi(String... more) {
        return with(GEN_AI, more);
    }

    /** The labels of an objective and of its group, and more. */
    static List<String> slo(String... more) {
        List<String> labels = new ArrayList<>(with(List.of("slo"), more));
        labels.addAll(SloGroup.LABELS);
        return List.copyOf(labels);
    }

    private static List<String> with(List<String> shared, String... more) {
        List<String> all = new ArrayList<>(shared);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
