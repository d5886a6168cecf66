package dev.llmops.slo.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.MetricSource;
import org.junit.jupiter.api.Test;

/** Latency objectives of Pyrra, whose good events are those of a bucket. */
class PyrraLatencyTest {

    private static SloImport.Result read(String indicator) {
        return SloImport.parse("""
                apiVersion: pyrra.dev/v1alpha1
                kind: ServiceLevelObjective
                metadata: {name: quick}
                spec:
                  target: '99'
                  window: 2w
                  indicator: %s
                """.formatted(indicator));
    }

    @Test
    void the_edge_is_found_on_prometheus_2_and_3() {
        SloImport.Result result = read(
                "{latency: {success: {metric: 'h_bucket{job=\"a\",le=\"1\"}'}, total: {metric: 'h_count{job=\"a\"}'}}}");

        assertThat(result.notCarriedOver()).isEmpty();
        assertThat(result.objectives().objectives().get(0).source())
                .isEqualTo(MetricSource.goodOverTotal(
                        "sum(rate(h_bucket{job=\"a\",le=~\"(1([.]0*)?|1([.]0*)?[eE][+]?0*0)\"}[{{.window}}]))",
                        "sum(rate(h_count{job=\"a\"}[{{.window}}]))"));
    }

    @Test
    void without_an_edge_every_bucket_would_be_good() {
        SloImport.Result result = read("{latency: {success: {metric: h_bucket}, total: {metric: h_count}}}");

        assertThat(result.objectives().objectives()).isEmpty();
        assertThat(result.notCarriedOver())
                .containsExactly(
                        "Pyrra SLO quick: spec.indicator has a success metric without an edge — le=\"0.5\" or another"
                                + " names the bucket of good events — the objective is left out");
    }

    @Test
    void an_indicator_besides_the_one_that_is_read_is_named() {
        SloImport.Result result =
                read("{ratio: {errors: {metric: e_total}, total: {metric: t_total}}, bool_gauge: {metric: up}}");

        assertThat(result.objectives().objectives()).hasSize(1);
        assertThat(result.notCarriedOver())
                .containsExactly(
                        "Pyrra SLO quick: spec.indicator.bool_gauge is not carried over — objectives have nothing like"
                                + " it — state it where it is needed");
    }
}
