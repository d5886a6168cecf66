package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.engine.Calls;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.metrics.PrometheusSloMeters;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances that come and go under a real Prometheus, which finds them in a file. The rules are the generated ones at 300
 * times their speed: an hour is 12 seconds.
 */
class AbsenceIT {

    private static final Objective ANSWERS = Objective.builder("answers")
            .indicator(Indicator.availability())
            .target(0.9)
            .window(SloWindow.rolling(Duration.ofDays(1)))
            .groupBy(Dimension.of("region"))
            .build();

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private PrometheusServer server;

    /** A process with an engine and an exporter. */
    private static final class Instance implements AutoCloseable {

        private final SloEngine slos;
        private final HTTPServer exporter;

        Instance(String region) throws IOException {
            PrometheusRegistry registry = new PrometheusRegistry();
            slos = SloEngine.builder()
                    .objective(ANSWERS)
                    .label("region", region)
                    .build();
            PrometheusSloMeters.bind(slos, registry);
            slos.record(Calls.completed(Instant.now()));
            exporter = HTTPServer.builder()
                    .inetAddress(InetAddress.getLoopbackAddress())
                    .port(0)
                    .registry(registry)
                    .buildAndStart();
        }

        String target() {
            return "127.0.0.1:" + exporter.getPort();
        }

        @Override
        public void close() {
            exporter.close();
            slos.close();
        }
    }

    private static String fast(String rules) {
        return rules.replaceAll("interval: \"?1m\"?\n", "interval: 200ms\n")
                .replace("[5m]", "[1s]")
                .replace("[1h]", "[12s]")
                .replace("[2h]", "[24s]")
                .replaceAll("for: \"?5m\"?\n", "for: 1s\n")
                .replaceAll("for: \"?10m\"?\n", "for: 2s\n");
    }

    private void discover(Instance... instances) throws IOException {
        String targets = Arrays.stream(instances)
                .map(instance -> '"' + instance.target() + '"')
                .collect(Collectors.joining(",", "[{\"targets\":[", "]}]"));
        Path fresh = Files.writeString(folder.resolve("fresh"), targets);
        Files.move(fresh, folder.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean isTrue(String query) throws IOException, InterruptedException {
        return !server.query(query, Instant.now()).isEmpty();
    }

    private void awaitTrue(String query) {
        await().atMost(PATIENCE).until(() -> isTrue(query));
    }

    private static String firing(String alert) {
        return "ALERTS{alertname=~\"" + alert + "\",alertstate=\"firing\"}";
    }

    @Test
    void instances_come_and_go() throws Exception {
        Files.writeString(folder.resolve("fast.rules.yml"), fast(PrometheusRules.yaml(ObjectiveSet.of(ANSWERS))));
        try (Instance eu = new Instance("eu");
                Instance us = new Instance("us");
                Instance old = new Instance("us");
                Instance successor = new Instance("us");
                Instance euAgain = new Instance("eu")) {
            discover(eu, us, old);
            server = PrometheusServer.start(folder, folder.resolve("data"), """
                    global: {scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms}
                    rule_files: [fast.rules.yml]
                    scrape_configs:
                      - job_name: chat
                        file_sd_configs: [{files: [targets.json], refresh_interval: 1s}]
                    """);
            awaitTrue("count_over_time((llm_slo:instances == 3)[24s:200ms]) > 25");

            discover(eu, us, old, successor);
            awaitTrue("llm_slo:instances == 4");
            discover(eu, us, successor);
            awaitTrue("llm_slo:instances == 3");
            await().atMost(PATIENCE)
                    .failFast("replaced instances were missed", () -> isTrue(firing("LlmSlo.*Gone")))
                    .until(() -> isTrue("count_over_time((llm_slo:instances == 3)[4s:200ms]) > 18"));

            eu.close();
            String euGone = firing("LlmSloReplicaGone").replace("}", ",instance=\"" + eu.target() + "\"}");
            awaitTrue(euGone);
            awaitTrue(firing("LlmSloGroupGone").replace("}", ",region=\"eu\"}"));
            discover(us, successor, euAgain);
            awaitTrue("absent(" + firing("LlmSlo.*Gone") + ")");

            discover(us, euAgain);
            awaitTrue(firing("LlmSloReplicaGone").replace("}", ",instance=\"" + successor.target() + "\"}"));
            assertThat(isTrue(firing("LlmSloGroupGone"))).isFalse();
            awaitTrue("absent(" + firing("LlmSloReplicaGone") + ")");

            discover();
            awaitTrue(firing("LlmSloNoData"));
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }
}
