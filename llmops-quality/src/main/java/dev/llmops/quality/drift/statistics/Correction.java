package dev.llmops.quality.drift.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction of p-values for the number of tests made together.
 *
 * @since 0.1.0
 */
public enum Correction {
    /** Holm's step-down procedure: bounds the probability of any false alarm (Holm 1979). */
    HOLM {
        @Override
        public double[] adjust(double[] pValues) {
            int[] order = ascending(pValues);
            double[] adjusted = new double[pValues.length];
            double largest = 0;
            for (int i = 0; i < order.length; i++) {
                largest = Math.max(largest, Math.min(1, (order.length - i) * pValues[order[i]]));
                adjusted[order[i]] = largest;
            }
            return adjusted;
        }
    },
    /** The step-up procedure that bounds the share of false alarms among all alarms (Benjamini, Hochberg 1995). */
    BENJAMINI_HOCHBERG {
        @Override
        public double[] adjust(double[] pValues) {
            int[] order = ascending(pValues);
            double[] adjusted = new double[pValues.length];
            double smallest = 1;
            for (int i = order.length - 1; i >= 0; i--) {
                smallest = Math.min(smallest, pValues[order[i]] * order.length / (i + 1));
                adjusted[order[i]] = smallest;
            }
            return adjusted;
        }
    };

    /**
     * Returns the adjusted p-values, to be compared with the level as they are.
     *
     * @param pValues the p-values of all tests made together
     * @return the adjusted values, in the same order
     */
    public abstract double[] adjust(double[] pValues);

    private static int[] ascending(double[] pValues) {
        return IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
