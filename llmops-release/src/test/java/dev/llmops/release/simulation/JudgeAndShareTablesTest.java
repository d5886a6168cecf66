package dev.llmops.release.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.internal.statistics.JudgeCorrection;
import dev.llmops.release.internal.statistics.Moments;
import dev.llmops.release.internal.statistics.SampleRatio;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lost records and judges that err, against the published figures. */
class JudgeAndShareTablesTest {

    private static final int SEEDS = Integer.getInteger("llmops.simulation.seeds", 200);
    private static final double[] CONFIGURED = {.1, .9};
    private static final int JUDGED = 4_000;

    private static double error(double share) {
        return 3 * Math.sqrt(share * (1 - share) / SEEDS);
    }

    /** Requests until the shares are called wrong at the level of 0.001, looked at every tenth request. */
    private static int mismatchAt(int seed, double share, int requests) {
        SplittableRandom random = new SplittableRandom(seed * 6_151L + Math.round(share * 100));
        long[] counts = new long[2];
        for (int i = 1; i <= requests; i++) {
            counts[random.nextDouble() < share ? 0 : 1]++;
            if (i % 10 == 0
                    && SampleRatio.logEvidence(counts, CONFIGURED, SampleRatio.DEFAULT_CONCENTRATION)
                            >= Math.log(1_000)) {
                return i;
            }
        }
        return requests + 1;
    }

    @ParameterizedTest
    @CsvSource({"0.08, 3249", "0.09, 14354"})
    void an_arm_that_loses_records_is_found_as_soon_as_in_the_table(double share, int median) {
        int[] sorted = IntStream.range(0, SEEDS)
                .map(seed -> mismatchAt(seed, share, 40_000))
                .sorted()
                .toArray();
        assertThat((double) sorted[SEEDS / 2]).isLessThanOrEqualTo(median * (1.1 + 1.5 / Math.sqrt(SEEDS)));
    }

    @Test
    void arms_that_lose_nothing_are_rarely_called_wrong() {
        long wrong = IntStream.range(0, SEEDS)
                .filter(seed -> mismatchAt(seed, .1, 20_000) <= 20_000)
                .count();
        assertThat(wrong).isLessThanOrEqualTo((long) (SEEDS * (.003 + error(.003))));
    }

    /** A judge with sensitivity 0.95 and specificity 0.80 sees all answers, people some. */
    private static JudgeCorrection.Counts judged(int seed, int labels, double truth) {
        SplittableRandom random = new SplittableRandom(seed * 40_503L + labels);
        long[] counts = new long[4];
        for (int i = 0; i < labels + JUDGED; i++) {
            boolean good = random.nextDouble() < truth;
            boolean praised = random.nextDouble() < (good ? .95 : .2);
            counts[0] += i < labels && good ? 1 : 0;
            counts[1] += i < labels && praised ? 1 : 0;
            counts[2] += i < labels && good && praised ? 1 : 0;
            counts[3] += i >= labels && praised ? 1 : 0;
        }
        return new JudgeCorrection.Counts(labels, counts[0], counts[1], counts[2], JUDGED, counts[3]);
    }

    private static boolean covers(Moments estimate, double truth) {
        return Math.abs(estimate.mean() - truth) <= 1.959963984540054 * width(estimate);
    }

    private static double width(Moments estimate) {
        return Math.sqrt(estimate.variance() / estimate.n());
    }

    @Test
    void the_interval_of_the_judge_alone_misses_the_truth() {
        long covered = IntStream.range(0, SEEDS)
                .mapToObj(seed -> judged(seed, 200, .9))
                .filter(counts -> covers(Moments.ofBinary(counts.othersFlagged(), counts.others()), .9))
                .count();
        assertThat(covered).isLessThanOrEqualTo((long) (SEEDS * (.002 + error(.002))));
    }

    @Test
    void two_hundred_labels_correct_it_at_less_than_their_own_width() {
        double covered = 0;
        double ratio = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            JudgeCorrection.Counts counts = judged(seed, 200, .9);
            Moments corrected = JudgeCorrection.predictionPowered(counts);
            covered += covers(corrected, .9) ? 1 : 0;
            ratio += width(corrected) / width(Moments.ofBinary(counts.labelledBad(), counts.labelled()));
        }
        assertThat(covered / SEEDS).isBetween(.925 - error(.925), .95 + error(.95));
        assertThat(ratio / SEEDS).isBetween(.70, .82);
    }

    @Test
    void a_hundred_labels_of_a_better_system_are_too_few() {
        double covered = IntStream.range(0, SEEDS)
                        .mapToObj(seed -> JudgeCorrection.predictionPowered(judged(seed, 100, .95)))
                        .filter(estimate -> covers(estimate, .95))
                        .count()
                / (double) SEEDS;
        assertThat(covered).isBetween(.88 - error(.88), .88 + error(.88));
    }
}
