package dev.llmops.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.internal.Series;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Checks verdicts on random releases against those of an earlier implementation: each sentence to its last digit, the ends of intervals
 * and e-values to a billionth. The resource has a release per line, the first hundred and then those that are promoted: the digest
 * of its sentences, and then lower end, upper end and e-value of each metric.
 */
class VerdictParityTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    /** One of some fifteen hundred random releases is promoted. */
    private static final List<Integer> PROMOTED = List.of(310, 2_486);

    private static final Offset<Double> BILLIONTH = within(1e-9);

    /** Sums of a release that has reached any stage, with a candidate as good as its reference or worse. */
    private static final class RandomSums {
        private final Random random;
        private final GatePolicy policy;
        private final Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();

        RandomSums(long seed, GatePolicy policy) {
            this.random = new Random(seed);
            this.policy = policy;
        }

        GateDecision decision() {
            int reached = random.nextInt(policy.stages().size());
            double worse = List.of(1.0, 1.0, 1.0, 1.3, 2.5).get(random.nextInt(5));
            for (GatePolicy.Stage stage : policy.stages().subList(0, reached + 1)) {
                Exposure exposure = policy.exposure(stage);
                double units = 300 * Math.pow(2, 8 * random.nextDouble());
                for (Arm arm : List.of(Arm.CANDIDATE, Arm.CONTROL, Arm.BASELINE)) {
                    long n = Math.round(units * exposure.ratioOf(arm));
                    if (n > 0) {
                        arm(stage.name(), arm, n, arm == Arm.CANDIDATE ? worse : 1);
                    }
                }
            }
            String stage = policy.stages().get(reached).name();
            Instant since = NOW.minus(Duration.ofHours(random.nextInt(30)));
            return ReleaseGate.judge(
                    policy,
                    GateEvidence.of("r1", sums, Map.of("rejected before any model work", 3L)),
                    new GateSituation(NOW, stage, since, Double.NaN, false, "", Map.of()));
        }

        private void arm(String stage, Arm arm, long n, double worse) {
            put(stage, Series.UNITS, arm, n, 0);
            for (int part = 0; part < 3; part++) {
                put(stage, Series.mixPrefix("feature") + part, arm, n / 3, 0);
            }
            for (MetricRule rule : policy.metrics()) {
                switch (rule.kind()) {
                    case RATE -> put(stage, rule.metric(), arm, n, bad(n, .03 * worse));
                    case QUANTILE -> latency(stage, rule, arm, n, worse);
                    case MEAN -> cost(stage, rule, arm, n, worse);
                }
                if (rule.isPaired() && arm == Arm.CANDIDATE && random.nextInt(3) == 0) {
                    put(stage, Series.pairs(rule.metric()), Arm.SHADOW, n, bad(n, .01 * worse));
                    put(stage, Series.pairs(rule.metric()), Arm.BASELINE, n, bad(n, .01));
                }
            }
        }

        private void latency(String stage, MetricRule rule, Arm arm, long n, double worse) {
            for (Severity severity : Severity.values()) {
                put(stage, Series.exceedance(rule.metric(), severity), arm, n, bad(n, .05 * worse));
            }
            for (int bucket = 70; bucket < 90; bucket += 1 + random.nextInt(4)) {
                put(stage, Series.bucketPrefix(rule.metric()) + bucket, arm, 1 + random.nextInt((int) n), 0);
            }
        }

        private void cost(String stage, MetricRule rule, Arm arm, long n, double worse) {
            long nanos = Math.round(1e7 * worse * (.95 + .1 * random.nextDouble()));
            BigInteger squares = BigInteger.valueOf(nanos)
                    .pow(2)
                    .multiply(BigInteger.valueOf(2))
                    .multiply(BigInteger.valueOf(n));
            sums.put(new GateEvidence.Key(stage, rule.metric(), arm), new MetricSums(n, 0, nanos * n, squares));
            for (int quantile = 0; quantile < 3; quantile++) {
                for (Severity severity : Severity.values()) {
                    String series = Series.exceedance(rule.metric(), quantile, severity);
                    put(stage, series, arm, n, bad(n, .2 * worse / (1 + quantile)));
                }
            }
        }

        private long bad(long n, double ratio) {
            double spread = Math.sqrt(n * ratio) * random.nextGaussian();
            return Math.max(0, Math.min(n, Math.round(n * ratio + spread)));
        }

        private void put(String stage, String series, Arm arm, long n, long bad) {
            sums.put(new GateEvidence.Key(stage, series, arm), new MetricSums(n, bad, 0, BigInteger.ZERO));
        }
    }

    private static String digest(String text) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    private static void assertNear(double actual, String expected) {
        double wanted = Double.parseDouble(expected);
        if (Double.isInfinite(wanted) || wanted == 0) {
            assertThat(actual).isEqualTo(wanted);
        } else {
            assertThat(actual / wanted).isCloseTo(1, BILLIONTH);
        }
    }

    @Test
    void verdicts_are_what_they_were_before() throws IOException, NoSuchAlgorithmException {
        List<String> recorded;
        try (InputStream file = VerdictParityTest.class.getResourceAsStream("verdicts.txt")) {
            recorded = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        List<Integer> seeds = IntStream.concat(
                        IntStream.range(0, 100), PROMOTED.stream().mapToInt(seed -> seed))
                .boxed()
                .toList();
        assertThat(recorded).hasSameSizeAs(seeds);
        for (int i = 0; i < seeds.size(); i++) {
            assertVerdict(seeds.get(i), Arrays.asList(recorded.get(i).split(" ")));
        }
    }

    private static void assertVerdict(int seed, List<String> expected) throws NoSuchAlgorithmException {
        GateDecision decision = new RandomSums(seed, Policies.SIX_TESTS).decision();
        if (PROMOTED.contains(seed)) {
            assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.PROMOTE);
        }
        assertThat(digest(decision.explain())).as(decision.explain()).isEqualTo(expected.get(0));
        for (int i = 0; i < decision.lines().size(); i++) {
            LineResult line = decision.lines().get(i);
            assertNear(line.interval().lower(), expected.get(1 + 3 * i));
            assertNear(line.interval().upper(), expected.get(2 + 3 * i));
            assertNear(line.e(), expected.get(3 + 3 * i));
        }
    }
}
