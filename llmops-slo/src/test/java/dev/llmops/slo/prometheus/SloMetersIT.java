package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.core.record.ErrorKind;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.Calls;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.metrics.PrometheusSloMeters;
import dev.llmops.slo.prometheus.internal.EventQueries;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The series of an engine, scraped by a real Prometheus and read by the queries of the generated rules. */
class SloMetersIT {

    private static final Objective ANSWERS = Objective.builder("answers")
            .indicator(Indicator.availability())
            .target(0.9)
            .build();

    @TempDir
    Path folder;

    private static void record(SloEngine slos, int good, int bad) {
        for (int i = 0; i < good; i++) {
            slos.record(Calls.completed(Instant.now()));
        }
        for (int i = 0; i < bad; i++) {
            slos.record(Calls.failed(Instant.now(), ErrorKind.OVERLOADED));
        }
    }

    @Test
    void the_queries_of_the_rules_find_the_share_of_bad_events() throws Exception {
        try (ScrapedRegistry scraped = new ScrapedRegistry(folder, "answers");
                SloEngine slos = SloEngine.builder().objective(ANSWERS).build()) {
            PrometheusSloMeters.bind(slos, scraped.registry);
            // The counters are there at 0, so that Prometheus sees the first events.
            await().until(() -> !scraped.server
                    .query("llm_slo_events_total == 0", Instant.now())
                    .isEmpty());
            record(slos, 3, 1);
            String bad = "(" + EventQueries.bad(ANSWERS, "5m") + ") / (" + EventQueries.total(ANSWERS, "5m") + ")";
            await().untilAsserted(() ->
                    assertThat(scraped.server.query(bad, Instant.now())).containsExactly(0.25));
            assertThat(scraped.server.query("llm_slo_target", Instant.now())).containsExactly(0.9);
        }
    }
}
