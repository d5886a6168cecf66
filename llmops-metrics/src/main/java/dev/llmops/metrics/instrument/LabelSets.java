package dev.llmops.metrics.instrument;

import dev.llmops.core.version.VersionSet;
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

    /** The id of a version set and its standard parts. */
    static List<String> versionSet() {
        return with(List.of("version_set"), VersionSet.STANDARD_PARTS.toArray(String[]::new));
    }

    private static List<String> with(List<String> shared, String... more) {
        List<String> all = new ArrayList<>(shared);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
