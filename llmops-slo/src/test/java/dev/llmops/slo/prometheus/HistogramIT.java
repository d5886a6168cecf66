package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.Counts;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import io.prometheus.metrics.core.metrics.Histogram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objectives over a user's own histograms, on a real Prometheus. */
class HistogramIT {

    private static final Instant START = Instant.parse("2024-06-01T00:00:00Z");

    @TempDir
    Path folder;

    private static Objective objective(MetricSource source) {
        return Objective.builder("own")
                .indicator(Indicator.reported())
                .target(0.9)
                .source(source)
                .build();
    }

    /** An hour of a histogram in which one of ten requests takes longer than a second. */
    private static String classicHistogram(String edge) {
        StringBuilder text = new StringBuilder("# TYPE http_seconds histogram\n");
        for (String series : List.of("_bucket{job=\"web\",le=\"" + edge + "\"}", "_bucket{job=\"web\",le=\"+Inf\"}")) {
            for (int minute = 0; minute <= 60; minute++) {
                text.append("http_seconds")
                        .append(series)
                        .append(' ')
                        .append(series.contains("Inf") ? 10 * minute : 9 * minute)
                        .append(' ')
                        .append(START.getEpochSecond() + 60 * minute)
                        .append('\n');
            }
        }
        for (int minute = 0; minute <= 60; minute++) {
            text.append("http_seconds_count{job=\"web\"} ")
                    .append(10 * minute)
                    .append(' ')
                    .append(START.getEpochSecond() + 60 * minute)
                    .append('\n');
        }
        return text.append("# EOF\n").toString();
    }

    @Test
    void classicHistogram_isCountedAtItsEdge_howeverTheEdgeIsWritten() throws Exception {
        for (String edge : List.of("1", "1.0")) {
            Path home = Files.createDirectories(folder.resolve("edge-" + edge));
            try (PrometheusServer server = PrometheusServer.over(home, classicHistogram(edge))) {
                Objective objective =
                        objective(new MetricSource.ClassicHistogram("http_seconds", "job=\"web\"", 1, List.of()));
                SloStatus status = PrometheusReader.builder(server.address())
                        .build()
                        .read(objective, START.plus(Duration.ofHours(1)))
                        .get(0);
                assertThat(status.counts().errorRatio().orElseThrow()).isCloseTo(0.1, within(0.002));
                assertThat(status.counts().total()).isCloseTo(600, within(20.0));
            }
        }
    }

    @Test
    void ownQueries_goodAndBad_giveTheSameCounts() throws Exception {
        String total = "sum(rate(http_seconds_count[{{.window}}]))";
        String good = "sum(rate(http_seconds_bucket{le=~\"1(\\\\.0)?\"}[{{.window}}]))";
        try (PrometheusServer server = PrometheusServer.over(folder, classicHistogram("1"))) {
            PrometheusReader reader = PrometheusReader.builder(server.address()).build();
            Instant at = START.plus(Duration.ofHours(1));
            Counts byGood = reader.read(objective(MetricSource.goodOverTotal(good, total)), at)
                    .get(0)
                    .counts();
            Counts byBad = reader.read(objective(MetricSource.badOverTotal(total + " - " + good, total)), at)
                    .get(0)
                    .counts();
            assertThat(byGood.errorRatio().orElseThrow()).isCloseTo(0.1, within(0.002));
            assertThat(byBad).isEqualTo(byGood);
        }
    }

    @Test
    void errorSeriesThatDoesNotExistYet_isNoErrors() throws Exception {
        String total = "sum(rate(http_seconds_count[{{.window}}]))";
        try (PrometheusServer server = PrometheusServer.over(folder, classicHistogram("1"))) {
            SloStatus status = PrometheusReader.builder(server.address())
                    .build()
                    .read(
                            objective(MetricSource.badOverTotal("sum(rate(errors_total[{{.window}}]))", total)),
                            START.plus(Duration.ofHours(1)))
                    .get(0);
            assertThat(status.state()).isEqualTo(SloStatus.State.MET);
            assertThat(status.counts().bad()).isZero();
        }
    }

    @Test
    void nativeHistogram_isSplitAtItsThreshold() throws Exception {
        try (ScrapedRegistry scraped = new ScrapedRegistry(folder, "web")) {
            Histogram histogram =
                    Histogram.builder().name("http_seconds").nativeOnly().register(scraped.registry);
            histogram.observe(0.1);
            // A rate needs a sample from before what it is to see.
            scraped.awaitCount("http_seconds", 1);
            for (int i = 0; i < 100; i++) {
                histogram.observe(i < 80 ? 0.25 : 0.9);
            }
            scraped.awaitCount("http_seconds", 101);
            Objective objective = objective(new MetricSource.NativeHistogram("http_seconds", "job=\"web\"", 0.5));
            PrometheusReader reader =
                    PrometheusReader.builder(scraped.server.address()).build();
            SloStatus status =
                    reader.read(objective, Instant.now().plusSeconds(1)).get(0);
            assertThat(status.notes()).isEmpty();
            assertThat(status.counts().errorRatio().orElseThrow()).isCloseTo(0.2, within(0.02));
        }
    }

    @Test
    void forbiddenEvent_isReadFromItsCounter() throws Exception {
        StringBuilder text = new StringBuilder("# TYPE llm_slo_events counter\n");
        for (String verdict : List.of("good", "bad")) {
            for (int minute = 0; minute <= 60; minute++) {
                int value = verdict.equals("good") ? minute * 10 : minute / 31;
                text.append("llm_slo_events_total{slo=\"no-leak\",verdict=\"")
                        .append(verdict)
                        .append("\"} ")
                        .append(value)
                        .append(' ')
                        .append(START.getEpochSecond() + 60 * minute)
                        .append('\n');
            }
        }
        ObjectiveSet set = new ObjectiveSet(List.of(), List.of(EventRule.never("no-leak", "leak")));
        try (PrometheusServer server =
                PrometheusServer.over(folder, text.append("# EOF\n").toString())) {
            PrometheusReader reader = PrometheusReader.builder(server.address()).build();
            EventRuleStatus before = reader.readEventRules(set, START.plus(Duration.ofMinutes(30)))
                    .get(0);
            EventRuleStatus after = reader.readEventRules(set, START.plus(Duration.ofMinutes(40)))
                    .get(0);
            assertThat(before.state()).isEqualTo(TierVerdict.State.CLEAR);
            assertThat(after.state()).isEqualTo(TierVerdict.State.FIRING);
            assertThat(after.events()).isEqualTo(1);
        }
    }
}
