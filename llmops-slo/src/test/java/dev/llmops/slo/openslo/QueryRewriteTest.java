package dev.llmops.slo.openslo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRewriteTest {

    private static String rewritten(String query) {
        return QueryRewrite.toAnyWindow(List.of(query), true).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(rate(x[5m]))|sum(rate(x[{{.window}}]))",
                "sum(increase(x{a=\"b\"}[1h]))|sum(rate(x{a=\"b\"}[{{.window}}]))",
                "sum(rate(x[5m])) - sum(rate(y[5m]))|sum(rate(x[{{.window}}])) - sum(rate(y[{{.window}}]))",
                "sum(rate(x[{{ .window }}]))|sum(rate(x[{{.window}}]))",
                "sum(rate(x[$window]))|sum(rate(x[{{.window}}]))",
                "x_total{code=~\"5..\"}|sum(rate(x_total{code=~\"5..\"}[{{.window}}]))",
                "sum(x_total)|sum(rate(x_total[{{.window}}]))",
                "sum by (a) (x_total)|sum by (a) (rate(x_total[{{.window}}]))",
            })
    void a_range_is_rewritten_where_the_meaning_stays(String query, String expected) {
        assertThat(rewritten(query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(rate(x[5m])) / sum(rate(y[1h]))|several ranges [5m, 1h]",
                "avg_over_time(x[5m])|fixed range [5m]",
                "sum(rate(x[5m] offset 1d))|fixed range [5m]",
                "max_over_time(rate(x[5m])[1h:1m])|fixed range [5m]",
                "sum(rate(x[5m])) + sum(increase(y[5m]))|fixed range [5m]",
                "sum(irate(x[5m]))|fixed range [5m]",
                "a + b|no range",
            })
    void a_range_that_cannot_be_rewritten_says_why(String query, String why) {
        assertThatThrownBy(() -> rewritten(query)).hasMessageContaining(why);
    }

    @Test
    void both_queries_of_a_ratio_must_agree() {
        assertThatThrownBy(() -> QueryRewrite.toAnyWindow(List.of("rate(x[5m])", "rate(y[10m])"), true))
                .hasMessageContaining("several ranges [5m, 10m]");
    }

    @Test
    void a_selector_that_is_no_counter_stays_without_a_range() {
        assertThatThrownBy(() -> QueryRewrite.toAnyWindow(List.of("x", "y"), false))
                .hasMessageContaining("has no range");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x_bucket{le="1"}[5m]      | 1      | true
            x_bucket{le="1"}[5m]      | 1.0    | true
            x_bucket{le="1"}[5m]      | 1e+00  | true
            x_bucket{le="1"}[5m]      | 10     | false
            x_bucket{le="2.0"}[5m]    | 2      | true
            x_bucket{le="1e-1"}[5m]   | 0.1    | true
            x_bucket{le="0.00001"}[5m]| 1e-05  | true
            x_bucket{le="5000"}[5m]   | 5000.0 | true
            x_bucket{le="5000"}[5m]   | 500.0  | false
            """)
    void an_edge_is_matched_as_servers_of_any_version_spell_it(String selector, String spelled, boolean matches) {
        String query = QueryRewrite.withEdges("sum(rate(" + selector + "))");
        Matcher pattern = Pattern.compile("le=~\"(.*)\"}").matcher(query);

        assertThat(pattern.find()).as(query).isTrue();
        assertThat(spelled.matches(pattern.group(1))).as(query).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x{le=\"0.5\"}[5m]",
                "x{le=\"2.25\"}[5m]",
                "x{le=\"+Inf\"}[5m]",
                "x{le=~\"1|1.0\"}[5m]",
                "x{le=\"\"}[5m]",
                "x{le=\"1e999\"}[5m]",
                "x{handle=\"1\"}[5m]",
                "x{le!=\"1\"}[5m]",
                "le = \"one\""
            })
    void what_is_spelled_alike_everywhere_or_is_no_edge_stays(String query) {
        assertThat(QueryRewrite.withEdges(query)).isEqualTo(query);
    }
}
