package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.release.Policies;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Latency lines from the buckets of a histogram: τ is 2 s, so the lines of the candidate are 2.3 s and 2.5 s. */
class BucketEvidenceTest {

    private static final String METRIC = "time_to_first_token";

    private static void buckets(List<PrometheusEvidence.Sample> into, String arm, Object... edgesAndCounts) {
        for (int i = 0; i < edgesAndCounts.length; i += 2) {
            Map<String, String> labels = Map.of("arm", arm, "le", (String) edgesAndCounts[i]);
            into.add(new PrometheusEvidence.Sample(
                    "llm_ttft_seconds_bucket", labels, ((Number) edgesAndCounts[i + 1]).doubleValue()));
        }
    }

    private static GateEvidence read(List<PrometheusEvidence.Sample> buckets) {
        return PrometheusEvidence.ofBuckets("r1", Policies.FIVE_TESTS, Policies.PROFILE, "10%", METRIC, buckets);
    }

    @Test
    void exceedances_at_an_edge_are_exact() {
        List<PrometheusEvidence.Sample> buckets = new ArrayList<>();
        buckets(buckets, "candidate", "1.0", 60, "2.0", 80, "2.3", 90, "2.5", 96, "+Inf", 100);
        buckets(buckets, "baseline", "1.0", 600, "2.0", 850, "2.3", 950, "2.5", 970, "+Inf", 1_000);
        GateEvidence evidence = read(buckets);
        assertThat(evidence.sums("10%", METRIC + "/pause", Arm.CANDIDATE))
                .extracting("n", "bad")
                .containsExactly(100L, 10L);
        assertThat(evidence.sums("10%", METRIC + "/roll_back", Arm.CANDIDATE).bad())
                .isEqualTo(4);
        assertThat(evidence.sums("10%", METRIC + "/pause", Arm.BASELINE).bad()).isEqualTo(150);
        assertThat(evidence.sums("10%", METRIC + "/roll_back", Arm.BASELINE).bad())
                .isEqualTo(150);
    }

    @Test
    void the_buckets_of_a_fleet_add_up() {
        List<PrometheusEvidence.Sample> buckets = new ArrayList<>();
        buckets(buckets, "candidate", "2.3", 90, "2.5", 96, "+Inf", 100);
        buckets(buckets, "candidate", "2.3", 5, "2.5", 5, "+Inf", 7);
        assertThat(read(buckets).sums("10%", METRIC + "/pause", Arm.CANDIDATE).bad())
                .isEqualTo(12);
    }

    @Test
    void a_line_between_edges_cannot_be_judged() {
        List<PrometheusEvidence.Sample> buckets = new ArrayList<>();
        buckets(buckets, "candidate", "1.0", 60, "2.5", 96, "5.0", 99, "+Inf", 100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(buckets))
                .withMessageStartingWith(
                        "time_to_first_token cannot be judged from these buckets: the pause line of the"
                                + " candidate (2.3 s) is none of the edges [1.0, 2.5, 5.0, Infinity] — ");
    }

    @Test
    void extrapolated_counts_are_refused() {
        List<PrometheusEvidence.Sample> buckets = new ArrayList<>();
        buckets(buckets, "candidate", "2.3", 90.4, "2.5", 96, "+Inf", 100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(buckets))
                .withMessageContaining("is not whole (90.4) — increase() and rate() extrapolate — ");
    }

    @Test
    void calls_are_no_votes_of_conversations() {
        GatePolicy conversations = GatePolicy.standard();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PrometheusEvidence.ofBuckets("r1", conversations, Policies.PROFILE, "10%", METRIC, List.of()))
                .withMessageStartingWith("buckets count calls, and the policy assigns by conversation — ");
    }

    @Test
    void a_metric_without_a_line_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusEvidence.ofBuckets(
                        "r1", Policies.FIVE_TESTS, Policies.PROFILE, "10%", "errors", List.of()))
                .withMessageStartingWith("metric 'errors' has no line — ");
    }
}
