package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Sums of one arm in one stage while calls are added to them. Not thread-safe. */
final class ArmSums {

    private final Map<String, Sum> sums = new HashMap<>();

    /** The sum of one series. Whole numbers, as of {@link MetricSums}. */
    private static final class Sum {

        /** Squares of at most 2⁶⁰, of which two have room in a long. */
        private static final long SMALL = 1L << 30;

        private static final long FULL = 1L << 60;

        private long n;
        private long bad;
        private long nanos;
        private long smallSquares;
        private BigInteger squares = BigInteger.ZERO;

        void value(long value) {
            n++;
            nanos += value;
            if (value >= -SMALL && value <= SMALL) {
                smallSquares += value * value;
            } else {
                squares = squares.add(BigInteger.valueOf(value).pow(2));
            }
            if (smallSquares >= FULL) {
                squares = squares.add(BigInteger.valueOf(smallSquares));
                smallSquares = 0;
            }
        }

        MetricSums sums() {
            return new MetricSums(n, bad, nanos, squares.add(BigInteger.valueOf(smallSquares)));
        }
    }

    void unit(String series, boolean bad) {
        Sum sum = sum(series);
        sum.n++;
        sum.bad += bad ? 1 : 0;
    }

    /** Adds a value, as {@link MetricSums#ofValue} counts it. */
    void value(String series, double value) {
        sum(series).value(MetricSums.nanos(value));
    }

    private Sum sum(String series) {
        Sum known = sums.get(series);
        if (known == null) {
            known = new Sum();
            sums.put(series, known);
        }
        return known;
    }

    void each(String stage, Arm arm, BiConsumer<GateEvidence.Key, MetricSums> reader) {
        sums.forEach((series, sum) -> reader.accept(new GateEvidence.Key(stage, series, arm), sum.sums()));
    }
}
