package dev.llmops.slo.prometheus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketEdgeTest {

    private static boolean matches(double edge, String spelling) {
        String matcher = BucketEdge.matcher(edge);
        return spelling.matches(matcher.substring("le=~\"".length(), matcher.length() - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 1.0",
        "1, 1.00",
        "1, 1e0",
        "1, 1e+00",
        "1e6, 1000000",
        "1e6, 1000000.0",
        "1e6, 1e+06",
        "1e6, 1e6",
        "1e6, 1.0E6",
        "1e-5, 0.00001",
        "1e-5, 1e-05",
        "1e-5, 1.0E-5",
        "1e-5, .00001",
        "0.25, 0.25",
        "0.25, 0.250",
        "0.25, 2.5e-01",
        "2.5, 2.5",
        "2.5, 2.50",
        "12.5, 1.25e+01",
        "10, 10.0",
        "10, 1e+01",
        "0.5, 0.5"
    })
    void every_spelling_of_an_edge_matches(double edge, String spelling) {
        assertThat(matches(edge, spelling)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10",
        "1, 1.01",
        "1, 11",
        "1, 0.1",
        "1, 1e1",
        "1e6, 1e+07",
        "1e6, 10000000",
        "1e-5, 1e+05",
        "1e-5, 0.0001",
        "0.25, 0.251",
        "0.25, 25",
        "0.25, 0x25",
        "2.5, 25",
        "2.5, 2.55",
        "10, 1",
        "1, +Inf"
    })
    void no_other_edge_matches(double edge, String other) {
        assertThat(matches(edge, other)).isFalse();
    }
}
