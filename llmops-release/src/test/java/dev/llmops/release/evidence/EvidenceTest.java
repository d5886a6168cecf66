package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.Policies;
import dev.llmops.release.arm.Arm;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {

    private static GateEvidence random(long seed) {
        Random random = new Random(seed);
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            Arm arm = Arm.values()[random.nextInt(5)];
            sums.put(
                    new GateEvidence.Key("s" + random.nextInt(3), "m" + random.nextInt(4), arm),
                    new MetricSums(
                            random.nextInt(1_000),
                            random.nextInt(10),
                            random.nextLong(1L << 40),
                            new BigInteger(90, random)));
        }
        return GateEvidence.of("r", sums, Map.of("reason " + random.nextInt(3), (long) random.nextInt(9)));
    }

    @Property(tries = 200)
    void adding_is_associative_and_commutative(@ForAll long one, @ForAll long two, @ForAll long three) {
        GateEvidence a = random(one);
        GateEvidence b = random(two);
        GateEvidence c = random(three);
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(GateEvidence.empty("r"))).isEqualTo(a);
    }

    @Property(tries = 100)
    void evidence_comes_back_from_json_as_it_was(@ForAll long seed) {
        assertThat(GateEvidence.fromJson(random(seed).toJson())).isEqualTo(random(seed));
    }

    @Test
    void evidence_on_another_release_is_not_added() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GateEvidence.empty("r1").plus(GateEvidence.empty("r2")))
                .withMessageStartingWith("evidence is on another release ('r2') — it must be on 'r1' — ");
    }

    /** Of 3 s, where 2.3 s is the line: over it only what was over it already. */
    @ParameterizedTest
    @CsvSource({"09:29:59, 0", "09:30:02, 0", "09:30:02.300, 0", "09:30:02.301, 1", "09:30:10, 1"})
    void a_verdict_on_the_past_knows_no_more_than_was_known_then(String now, long exceeded) {
        String call = "{\"schema\":\"llmops.call/1\",\"call_id\":\"c1\",\"status\":\"success\",\"streaming\":true,"
                + "\"timestamp\":\"2026-11-21T09:30:03Z\",\"latency_ms\":{\"total\":3000,\"first_token\":3000},"
                + "\"attributes\":{\"release.change\":\"r1\",\"release.stage\":\"10%\",\"release.arm\":\"candidate\"}}";
        GateEvidence read = LogEvidence.read(
                "r1", Policies.FIVE_TESTS, Policies.PROFILE, Instant.parse("2026-11-21T" + now + "Z"), Stream.of(call));

        assertThat(read.sums("10%", "time_to_first_token/pause", Arm.CANDIDATE))
                .isEqualTo(new MetricSums(exceeded, exceeded, 0, BigInteger.ZERO));
        assertThat(read.notCounted()).isEqualTo(Map.of("younger than mature_after", 1L));
    }

    @Test
    void costs_that_cancel_out_keep_their_squares() {
        MetricSums cancelled = MetricSums.ofValue(.01).plus(MetricSums.ofValue(-.01));
        GateEvidence evidence =
                GateEvidence.of("r", Map.of(new GateEvidence.Key("s", "per_call", Arm.CANDIDATE), cancelled), Map.of());

        assertThat(cancelled.mean()).isZero();
        assertThat(GateEvidence.fromJson(evidence.toJson())).isEqualTo(evidence);
        assertThat(PrometheusEvidence.samples(evidence, Policies.FIVE_TESTS))
                .extracting(PrometheusEvidence.Sample::name)
                .contains(PrometheusEvidence.SQUARES_SUM);
    }

    @Test
    void costs_beyond_what_fits_are_no_verdict() {
        MetricSums large = MetricSums.ofValue(9e9);

        assertThatThrownBy(() -> large.plus(large))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageStartingWith("costs of a release add up to more than 9.2 billion — ");
    }

    @Test
    void moments_come_from_whole_sums() {
        MetricSums sums = MetricSums.ofValue(.01).plus(MetricSums.ofValue(.03)).plus(MetricSums.ofValue(.02));
        assertThat(sums.mean()).isCloseTo(.02, within(1e-15));
        assertThat(sums.variance()).isCloseTo(1e-4, within(1e-15));
    }

    @Test
    void a_cold_cache_costs_the_same_once_it_is_standardised() {
        CacheTerms terms = new CacheTerms(.9, .1, 4);
        double uncachedPrice = 2e-6;
        double warm = (100 + 900 * .1 + 4 * 50) * uncachedPrice;
        double cold = (1_000 + 4 * 50) * uncachedPrice;
        assertThat(terms.standardised(warm, 1_000, 900, 50))
                .isCloseTo(terms.standardised(cold, 1_000, 0, 50), within(1e-15));
        assertThat(terms.standardised(warm, 1_000, 900, 50)).isCloseTo(warm, within(1e-15));
        assertThat(CacheTerms.AS_BILLED.standardised(cold, 1_000, 0, 50)).isCloseTo(cold, within(1e-15));
    }

    @Test
    void a_sampled_log_is_refused(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(
                folder.resolve("calls.jsonl"),
                "torn li\n"
                        + "{\"schema\":\"llmops.call/1\",\"attributes\":{\"release.change\":\"r1\"},\"sample_rate\":0.1}\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LogEvidence.read("r1", Policies.FIVE_TESTS, Policies.PROFILE, Instant.EPOCH, List.of(log)))
                .withMessageStartingWith("calls of the release were sampled (sample_rate 0.1) — ");
    }

    private static GateEvidence of(String line) {
        return LogEvidence.read(
                "r1", Policies.FIVE_TESTS, Policies.PROFILE, Instant.parse("2026-11-22T00:00:00Z"), Stream.of(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sample_rate\":0",
                "\"sample_rate\":-0.5",
                "\"sample_rate\":1.5",
                "\"sample_rate\":\"1.0\"",
                "\"sample_rate\":[1]",
                "\"latency_ms\":{\"total\":-5}",
                "\"latency_ms\":{\"total\":\"abc\"}",
                "\"latency_ms\":{\"first_token\":1e300}",
                "\"tokens_in\":-1",
                "\"tokens\":{\"cached_input\":true}",
                "\"cost\":{\"amount\":\"NaN\"}",
                "\"cost\":{\"amount\":\"1e400\"}",
                "\"status\":\"well\"",
                "\"call_id\":\"\"",
                "\"attributes\":{\"release.change\":\"r1\",\"release.arm\":\"left\"}"
            })
    void a_line_with_what_no_call_has_counts_as_unreadable_and_nowhere_else(String field) {
        assertThat(of("{\"schema\":\"llmops.call/1\",\"call_id\":\"c1\",\"status\":\"success\","
                        + "\"timestamp\":\"2026-11-21T09:30:00Z\",\"attributes\":{\"release.change\":\"r1\"}," + field
                        + "}"))
                .isEqualTo(GateEvidence.of("r1", Map.of(), Map.of("on lines that cannot be read", 1L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feedback/1\"",
                "feedback/1\",\"verdict\":\"sideways\"",
                "feedback/1\",\"verdict\":\"up\",\"sample_rate\":2",
                "evaluation/1\",\"evaluation\":\"task_success\"",
                "evaluation/1\",\"evaluation\":\"task_success\",\"score\":\"NaN\"",
                "evaluation/1\",\"evaluation\":\"task_success\",\"score\":true"
            })
    void what_was_said_without_a_verdict_counts_as_unreadable(String rest) {
        assertThat(of("{\"call_id\":\"c1\",\"timestamp\":\"2026-11-21T09:30:00Z\",\"schema\":\"llmops." + rest + "}")
                        .notCounted())
                .isEqualTo(Map.of("on lines that cannot be read", 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf"})
    void a_counter_that_is_no_number_is_no_evidence(String value) {
        String answer =
                "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"__name__\":\"llm_gate_events_total\","
                        + "\"change\":\"r1\",\"stage\":\"10%\",\"metric\":\"errors\",\"arm\":\"candidate\",\"verdict\":\"bad\"},"
                        + "\"value\":[1,\"" + value + "\"]}]}}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusEvidence.ofQuery("r1", answer))
                .withMessageStartingWith("a counter is no number (llm_gate_events_total{");
    }

    @Test
    void a_failed_query_is_no_evidence_of_calm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusEvidence.ofQuery("r1", "{\"status\":\"error\",\"error\":\"timeout\"}"))
                .withMessage("the query must succeed, but Prometheus answered timeout");
    }
}
