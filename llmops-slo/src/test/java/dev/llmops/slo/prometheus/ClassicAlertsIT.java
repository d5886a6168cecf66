package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.internal.Yaml;
import io.prometheus.metrics.core.metrics.Histogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The alerts on fixed limits, as real tools and a real server understand them. */
class ClassicAlertsIT {

    @TempDir
    Path folder;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = folder.resolve("classic.rules.yml");
        Files.writeString(rules, ClassicAlerts.yaml());
    }

    @Test
    void rules_passTheCheck() {
        assertThat(Tools.checkRules(folder, rules)).contains("6 rules found");
    }

    @Test
    void scenarios_fireWhereTheyShould_andNowhereElse() throws Exception {
        Path scenarios = folder.resolve("classic.test.yml");
        Files.copy(Path.of(getClass().getResource("classic.test.yml").toURI()), scenarios);
        assertThat(Tools.run(folder, Tools.ofPrometheus("promtool"), "test", "rules", scenarios.toString()))
                .contains("SUCCESS");
    }

    @Test
    void highLatency_readsNativeHistograms() throws Exception {
        try (ScrapedRegistry scraped = new ScrapedRegistry(folder, "chat")) {
            Histogram latency = Histogram.builder()
                    .name("llm_request_latency_seconds")
                    .labelNames("status")
                    .nativeOnly()
                    .register(scraped.registry);
            latency.labelValues("success").observe(0.1);
            latency.labelValues("cancelled").observe(60);
            // A rate needs a sample from before what it is to see.
            scraped.awaitCount("llm_request_latency_seconds", 2);
            for (int i = 0; i < 100; i++) {
                latency.labelValues("success").observe(i < 90 ? 0.2 : 9);
                latency.labelValues("cancelled").observe(60);
            }
            scraped.awaitCount("llm_request_latency_seconds", 202);
            assertThat(scraped.server.query(
                            expression("HighLatency"), Instant.now().plusSeconds(1)))
                    .singleElement()
                    .satisfies(p95 -> assertThat(p95).isCloseTo(9, within(0.5)));
        }
    }

    private static String expression(String alert) {
        for (JsonNode rule :
                Yaml.readAll(ClassicAlerts.yaml()).get(0).at("/groups/0/rules").values()) {
            if (rule.path("alert").asString("").equals(alert)) {
                return rule.get("expr").asString();
            }
        }
        throw new AssertionError("no alert " + alert);
    }
}
