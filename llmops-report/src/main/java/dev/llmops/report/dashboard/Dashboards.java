package dev.llmops.report.dashboard;

import dev.llmops.metrics.instrument.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Grafana dashboards, recording rules and autoscaling examples, generated from the
 * {@linkplain dev.llmops.metrics.instrument.Instrument table of metrics} of one profile.
 *
 * <pre>{@code
 * Dashboards.of(Profile.LLM, "USD").writeTo(Path.of("dashboards"));
 * }</pre>
 *
 * Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Dashboards {

    private final List<Dashboard> dashboards;
    private final Map<String, String> rules;
    private final Map<String, String> autoscaling;
    private final Map<String, String> files;

    private Dashboards(Profile profile, String currency) {
        dashboards = switch (profile) {
            case LLM -> LlmBoards.of(currency);
            case GEN_AI -> GenAiBoards.current();
            case GEN_AI_NEXT -> GenAiBoards.next();
        };
        rules = Collections.unmodifiableMap(Rules.expressions(profile, currency));
        autoscaling = profile == Profile.LLM ? Collections.unmodifiableMap(Autoscaling.queries()) : Map.of();
        Map<String, String> texts = new LinkedHashMap<>();
        dashboards.forEach(each -> texts.put(each.name() + ".json", GrafanaJson.write(each)));
        texts.put(rulesFile(profile), Rules.yaml(profile, currency));
        if (profile == Profile.LLM) {
            texts.put("keda.yml", Autoscaling.keda());
            texts.put("hpa.yml", Autoscaling.horizontalPodAutoscaler());
        }
        files = Collections.unmodifiableMap(texts);
    }

    private static String rulesFile(Profile profile) {
        return switch (profile) {
            case LLM -> "recording.rules.yml";
            case GEN_AI -> "gen-ai.rules.yml";
            case GEN_AI_NEXT -> "gen-ai-next.rules.yml";
        };
    }

    /**
     * Generates the files of a profile. {@link Profile#LLM} has an overview, objectives, cost, saturation and releases, and
     * the autoscaling examples; OpenTelemetry's profiles have an overview.
     *
     * @param profile the names
     * @param currency ISO 4217 code of the cost metric
     * @return the files
     * @throws IllegalArgumentException if the currency is not three letters
     */
    public static Dashboards of(Profile profile, String currency) {
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException(
                    "currency is not known (" + currency + ") — a code of ISO 4217 such as USD — pass three letters");
        }
        return new Dashboards(profile, currency);
    }

    /**
     * Returns the files.
     *
     * @return an unmodifiable map of contents by file name
     */
    public Map<String, String> files() {
        return files;
    }

    /**
     * Returns every query of every panel, with Grafana's variables in it.
     *
     * @return expressions by the dashboard's and the panel's name
     */
    public Map<String, List<String>> queries() {
        Map<String, List<String>> queries = new LinkedHashMap<>();
        dashboards.forEach(dashboard -> dashboard
                .panels()
                .forEach(panel -> queries.put(
                        dashboard.name() + ": " + panel.type().grafanaName + " " + panel.title(),
                        panel.queries().stream().map(Panel.Query::expression).toList())));
        return queries;
    }

    /**
     * Returns the recording rules.
     *
     * @return an unmodifiable map of expressions by the name that they are recorded under
     */
    public Map<String, String> recordingRules() {
        return rules;
    }

    /**
     * Returns the queries of the autoscaling examples, each a total over all replicas.
     *
     * @return an unmodifiable map of expressions by name; empty for OpenTelemetry's profiles
     */
    public Map<String, String> autoscalingQueries() {
        return autoscaling;
    }

    /**
     * Writes the files.
     *
     * @param folder the folder, created if it is missing
     * @throws IOException if a file cannot be written
     */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
