package dev.llmops.release.simulation;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Counts of a simulated release, cheap to add to. */
final class Tally {

    static final String[] STAGES = {"1%", "10%", "50%"};
    static final int UNITS = 0;
    static final int ERRORS = 1;
    static final int BAD_ANSWERS = 2;
    static final int TTFT_PAUSE = 3;
    static final int TTFT_ROLL_BACK = 4;
    static final int COST = 5;
    static final int COST_LINES = 6;
    private static final String[] SERIES = {
        "units",
        "errors",
        "bad_answers",
        "time_to_first_token/pause",
        "time_to_first_token/roll_back",
        "per_call",
        "per_call/q0/pause",
        "per_call/q0/roll_back",
        "per_call/q1/pause",
        "per_call/q1/roll_back",
        "per_call/q2/pause",
        "per_call/q2/roll_back"
    };
    private static final int WIDTH = SERIES.length * 2;

    private final long[] n = new long[STAGES.length * WIDTH];
    private final long[] bad = new long[STAGES.length * WIDTH];
    private final double[] sum = new double[STAGES.length * WIDTH];
    private final double[] squares = new double[STAGES.length * WIDTH];

    void count(int stage, boolean candidate, int series, boolean isBad) {
        int at = stage * WIDTH + series * 2 + (candidate ? 0 : 1);
        n[at]++;
        bad[at] += isBad ? 1 : 0;
    }

    void value(int stage, boolean candidate, double value) {
        int at = stage * WIDTH + COST * 2 + (candidate ? 0 : 1);
        n[at]++;
        sum[at] += value;
        squares[at] += value * value;
    }

    long candidates() {
        long all = 0;
        for (int stage = 0; stage < STAGES.length; stage++) {
            all += n[stage * WIDTH];
        }
        return all;
    }

    GateEvidence evidence() {
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        for (int at = 0; at < n.length; at++) {
            if (n[at] > 0) {
                String series = SERIES[at % WIDTH / 2];
                Arm arm = at % 2 == 0 ? Arm.CANDIDATE : Arm.BASELINE;
                MetricSums counted = new MetricSums(
                        n[at], bad[at], Math.round(sum[at] * 1e9), new BigDecimal(squares[at] * 1e18).toBigInteger());
                sums.put(new GateEvidence.Key(STAGES[at / WIDTH], series, arm), counted);
            }
        }
        return GateEvidence.of("simulated", sums, Map.of());
    }
}
