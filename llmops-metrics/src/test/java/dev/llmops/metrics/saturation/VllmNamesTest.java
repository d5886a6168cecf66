package dev.llmops.metrics.saturation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmops.metrics.instrument.Instrument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Of all that a vLLM server tells, the three gauges of the model-server protocol are read, and nothing else. */
class VllmNamesTest {

    private static final Path NAMES = Path.of(System.getProperty("llmops.cases"), "semconv", "vllm-metric-names.json");
    private static final Map<String, Instrument> INSTRUMENTS = Map.of(
            "queue", Instrument.SERVER_QUEUE_SIZE,
            "running", Instrument.SERVER_RUNNING,
            "kv_cache_utilization", Instrument.SERVER_KV_CACHE_UTILIZATION);

    @TestFactory
    Stream<DynamicTest> every_metric_is_read_for_what_it_is() {
        assumeTrue(Files.exists(NAMES), "no cases at " + NAMES);
        JsonNode names = JsonMapper.shared().readTree(NAMES.toFile());
        return names.get("metrics")
                .valueStream()
                .map(metric -> metric.get("name").asString())
                .map(metric -> dynamicTest(
                        metric,
                        () -> assertThat(read(metric)).isEqualTo(expected(names.get("protocol_gauges"), metric))));
    }

    private static List<SaturationProbe.Reading> read(String metric) {
        return ServerDialect.read("node-1", List.of(Sample.parse(metric + "{engine=\"0\",model_name=\"m\"} 0.5")));
    }

    private static List<SaturationProbe.Reading> expected(JsonNode gauges, String metric) {
        return gauges.properties().stream()
                .filter(gauge -> gauge.getValue().asString().equals(metric))
                .map(gauge -> new SaturationProbe.Reading(INSTRUMENTS.get(gauge.getKey()), List.of("node-1", "m"), 0.5))
                .toList();
    }
}
