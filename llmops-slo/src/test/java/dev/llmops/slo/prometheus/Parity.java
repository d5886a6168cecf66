package dev.llmops.slo.prometheus;

import dev.llmops.slo.internal.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;

/**
 * One trace of events in a real Prometheus under the generated rules. Samples are a minute apart and aligned. On
 * Prometheus 2 counts, statuses and alerts agree exactly, to the minute; Prometheus 3 leaves the oldest sample out of a
 * range and extrapolates, so there alerts and statuses are compared where they hold for three minutes in a row.
 */
final class Parity implements AutoCloseable {

    final ParityTrace trace = new ParityTrace();
    final JsonNode rules = Yaml.readAll(PrometheusRules.yaml(trace.objectives)).get(0);
    final PrometheusReader reader;

    /** Whether ranges hold the same samples as the engine's windows. */
    final boolean exact;

    private final Path folder = Files.createTempDirectory("llmops-parity");
    PrometheusServer server;

    private Parity() throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("data"));
        PrometheusServer.load(folder, data, trace.counters);
        server = PrometheusServer.start(folder, data, "{}");
        // What rests on other records waits for the next round.
        backfill(
                data,
                name -> name.startsWith("llm_slo:events:")
                        || name.startsWith("llm_slo:bad:")
                        || name.equals("llm_slo:instances"));
        backfill(data, name -> name.startsWith("llm_slo:error_ratio:") || name.equals("llm_slo:measured"));
        backfill(data, name -> name.startsWith("llm_slo:budget_remaining:") || name.startsWith("llm_slo:coverage:"));
        reader = PrometheusReader.builder(server.address())
                .timeout(Duration.ofMinutes(1))
                .build();
        exact = server.majorVersion() < 3;
    }

    /** Evaluates recording rules at every whole minute, and gives the server their samples. */
    private void backfill(Path data, Predicate<String> wanted) throws IOException, InterruptedException {
        StringBuilder metrics = new StringBuilder();
        for (JsonNode group : rules.get("groups").values()) {
            for (JsonNode rule : group.get("rules").values()) {
                if (wanted.test(rule.path("record").asString(""))) {
                    metrics.append(recorded(rule));
                }
            }
        }
        server.close();
        PrometheusServer.load(folder, data, metrics.append("# EOF\n").toString());
        server = PrometheusServer.start(folder, data, "{}");
    }

    private String recorded(JsonNode rule) throws IOException, InterruptedException {
        StringBuilder labels = new StringBuilder();
        rule.get("labels")
                .properties()
                .forEach(label -> labels.append(labels.length() == 0 ? "" : ",")
                        .append(label.getKey())
                        .append("=\"")
                        .append(label.getValue().asString())
                        .append('"'));
        String name = rule.get("record").asString() + "{" + labels + "}";
        StringBuilder lines = new StringBuilder();
        for (JsonNode series : server.range(rule.get("expr").asString(), ParityTrace.START, ParityTrace.END)) {
            for (JsonNode sample : series.get("values").values()) {
                lines.append(name)
                        .append(' ')
                        .append(sample.get(1).asString())
                        .append(' ')
                        .append(sample.get(0).asLong())
                        .append('\n');
            }
        }
        return lines.toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    /** Hands the one replay of a test run to every class that compares with it. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Parity.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Parity.class))
                    .getOrComputeIfAbsent(Parity.class, type -> replay(), Parity.class);
        }

        private static Parity replay() {
            try {
                return new Parity();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("cannot replay the trace", e);
            }
        }
    }
}
