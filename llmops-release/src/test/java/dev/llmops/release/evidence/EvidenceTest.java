package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.arm.Arm;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .isThrownBy(() -> LogEvidence.read(
                        "r1",
                        dev.llmops.release.Policies.FIVE_TESTS,
                        dev.llmops.release.Policies.PROFILE,
                        Instant.EPOCH,
                        List.of(log)))
                .withMessageStartingWith("calls of the release were sampled (sample_rate 0.1) — ");
    }

    @Test
    void a_failed_query_is_no_evidence_of_calm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusEvidence.ofQuery("r1", "{\"status\":\"error\",\"error\":\"timeout\"}"))
                .withMessage("the query must succeed, but Prometheus answered timeout");
    }
}
