package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus 3 reads differently from 2 stands in no generated rule. */
class AnyPrometheusTest {

    private static final String RULES = PrometheusRules.yaml(ObjectiveSet.of(
            Objective.builder("calls")
                    .indicator(Indicator.availability())
                    .target(0.99)
                    .groupBy(Dimension.MODEL)
                    .build(),
            Objective.builder("edge")
                    .indicator(Indicator.reported())
                    .target(0.99)
                    .source(new MetricSource.ClassicHistogram("http_seconds", "", 2.5, List.of()))
                    .build()));

    /** A dot matches line breaks in 3 and not in 2. */
    @Test
    void no_regular_expression_has_a_dot_that_matches_anything() {
        assertThat(RULES).contains("le=~").doesNotContainPattern("=~\\\\?\"[^\"]*(?<!\\[)[.](?!])[^\"]*\"");
    }

    /** 3 writes le="1" as le="1.0", so that a matcher for equality finds it on one of them only. */
    @Test
    void no_edge_is_matched_by_equality() {
        assertThat(RULES).doesNotContainPattern("\\ble=\"");
    }

    /** A range holds one sample less in 3, so that a range as long as the interval holds a single one. */
    @Test
    void every_range_is_longer_than_two_intervals() {
        assertThat(Pattern.compile("\\[(\\d+)([mhd])]").matcher(RULES).results())
                .isNotEmpty()
                .allSatisfy(range -> assertThat(range.group(2).equals("m") && Integer.parseInt(range.group(1)) < 3)
                        .isFalse());
    }
}
