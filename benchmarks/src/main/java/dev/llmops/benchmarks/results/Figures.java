package dev.llmops.benchmarks.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The scores of JMH's JSON results, by {@code Benchmark.method}, parameters and number of threads.
 *
 * <p>A score is the median of the iterations of all forks: one that something else on the machine interrupted must not
 * decide.
 */
final class Figures {

    private static final String BYTES = "gc.alloc.rate.norm";

    private final Map<String, Double> scores = new LinkedHashMap<>();

    static Figures read(List<Path> results) throws IOException {
        Figures figures = new Figures();
        for (Path file : results) {
            for (JsonNode result : new ObjectMapper().readTree(Files.readString(file))) {
                figures.add(result);
            }
        }
        return figures;
    }

    private void add(JsonNode result) {
        String[] name = result.get("benchmark").asString().split("\\.", -1);
        StringBuilder key = new StringBuilder(name[name.length - 2] + "." + name[name.length - 1]);
        result.path("params")
                .properties()
                .forEach(param -> key.append(':').append(param.getValue().asString()));
        int threads = result.get("threads").asInt();
        scores.put(key(key.toString(), threads), median(result.get("primaryMetric")));
        JsonNode bytes = result.path("secondaryMetrics").path(BYTES);
        if (bytes.has("rawData")) {
            scores.put(key(key + "/bytes", threads), median(bytes));
        }
    }

    private static double median(JsonNode metric) {
        double[] scores = metric.get("rawData")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
        int middle = scores.length / 2;
        return scores.length % 2 == 1 ? scores[middle] : (scores[middle - 1] + scores[middle]) / 2;
    }

    private static String key(String name, int threads) {
        return name + "@" + threads;
    }

    /** The score of one thread; for allocations, the name ends in {@code /bytes}. */
    double of(String name) {
        return of(name, 1);
    }

    /** Returns the score, or NaN if there is no such score. */
    double of(String name, int threads) {
        return scores.getOrDefault(key(name, threads), Double.NaN);
    }

    /** The names of one benchmark's methods and parameters, with one thread. */
    List<String> names(Predicate<String> which) {
        return scores.keySet().stream()
                .filter(key -> key.endsWith("@1") && !key.contains("/bytes"))
                .map(key -> key.substring(0, key.length() - 2))
                .filter(which)
                .toList();
    }

    OptionalDouble least(List<String> names) {
        return names.stream().mapToDouble(this::of).min();
    }
}
