package dev.llmops.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.backtest.JsonLinesHistory;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.openslo.OpenSlo;
import dev.llmops.slo.openslo.SloImport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Each reader of texts that others wrote returns, or says what is wrong, in bounded time and memory. */
class HostileInputTest {

    private static final int TRIES = 200;

    private static final String OBJECTIVES = """
            version: llmops.slo/v1
            service: answers
            objectives:
              - name: fast
                indicator: {type: timeToFirstToken, threshold: 500ms}
                target: 99.9%
                window: 30d
                groupBy: model
                groupLimit: 20
                filter: {provider: openai}
              - name: cheap
                indicator: {type: cost, limit: 0.02, currency: USD}
                target: 0.95
                expectedEventsPerHour: 600
                alerts:
                  tiers: [{severity: page, long: 6h, short: 30m, factor: 4}]
                  guard: {minimumBadEvents: 2, confidence: 0.95}
              - name: own
                indicator: {type: reported}
                target: 0.9
                window: {calendar: month, zone: Europe/Berlin, count: 1}
                source: {classicHistogram: {metric: http, matchers: '', threshold: 1, edges: [0.5, 1]}}
            eventRules:
              - {name: no-leak, risk: [pii_leak], severity: page, window: 1d}
            """;

    private static final String OPENSLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: web}
            spec:
              service: web
              indicator:
                metadata: {name: web-ratio}
                spec:
                  ratioMetric:
                    counter: true
                    good: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(good[5m]))'}}}
                    total: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(all[5m]))'}}}
              timeWindow: [{duration: 28d, isRolling: true}]
              budgetingMethod: Timeslices
              objectives: [{target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1m}]
            """;

    private static final String SLOTH = """
            version: prometheus/v1
            service: web
            slos:
              - name: requests
                objective: 99.9
                sli: {events: {error_query: 'sum(rate(bad[{{.window}}]))', total_query: 'sum(rate(all[{{.window}}]))'}}
                alerting: {name: WebErrors}
            """;

    private static final String LINE =
            "{\"timestamp\":\"2026-01-01T00:00:10Z\",\"status\":\"success\",\"provider\":\"openai\","
                    + "\"model\":\"gpt\",\"latency_ms\":{\"total\":120.5},\"cost\":{\"amount\":\"0.01\",\"currency\":\"USD\"}}";

    private static final Objective CHEAP = Objective.builder("cheap")
            .indicator(Indicator.costPerCall(new BigDecimal("0.02"), "USD"))
            .target(0.9)
            .build();

    @Provide
    Arbitrary<String> files() {
        return HostileTexts.like(OBJECTIVES, OPENSLO, SLOTH);
    }

    @Provide
    Arbitrary<String> lines() {
        return HostileTexts.like(LINE);
    }

    private static void read(Runnable reader) {
        try {
            reader.run();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void objectives_are_read_or_refused(@ForAll("files") String text) {
        read(() -> ObjectiveSet.parse(text).toYaml());
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void openslo_is_read_or_refused(@ForAll("files") String text) {
        read(() -> OpenSlo.validate(text));
        read(() -> OpenSlo.parse(text));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void what_others_publish_is_imported_or_refused(@ForAll("files") String text) {
        read(() -> SloImport.parse(text));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void a_line_of_a_log_is_read_or_counted(@ForAll("lines") String line) {
        JsonLinesHistory.Result result = JsonLinesHistory.read(CHEAP, Stream.of(line), Duration.ofMinutes(1));
        assertThat(result.unreadable()).isBetween(0L, 1L);
    }
}
