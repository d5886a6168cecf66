package dev.llmops.report.slo;

import dev.llmops.report.internal.Shown;
import dev.llmops.slo.Indicator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The axis of an indicator's values.
 *
 * @param title what is measured
 * @param unit the unit, empty for scores
 * @param threshold the edge between good and bad; empty where values are averaged
 * @param isHighGood true if values from the threshold up are good
 */
record Scale(String title, String unit, OptionalDouble threshold, boolean isHighGood) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Returns the axis of an indicator; empty for one that has no values, such as availability. */
    static Optional<Scale> of(Indicator indicator) {
        if (indicator instanceof Indicator.Latency latency) {
            String title = latency.measure().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            double millis = latency.threshold().toNanos() / NANOS_PER_MILLI;
            return Optional.of(new Scale(title, "ms", OptionalDouble.of(millis), false));
        }
        if (indicator instanceof Indicator.CostPerCall cost) {
            OptionalDouble limit = OptionalDouble.of(cost.limit().doubleValue());
            return Optional.of(new Scale("cost per call", cost.currency(), limit, false));
        }
        if (indicator instanceof Indicator.ScoreShare score) {
            return Optional.of(new Scale(score.evaluation(), "", OptionalDouble.of(score.minimum()), true));
        }
        return indicator instanceof Indicator.MeanScore mean
                ? Optional.of(new Scale(mean.evaluation(), "", OptionalDouble.empty(), true))
                : Optional.empty();
    }

    boolean isBad(double value) {
        return threshold.isPresent()
                && (isHighGood ? value < threshold.getAsDouble() : value > threshold.getAsDouble());
    }

    /** Writes a value with four significant digits. */
    String format(double value) {
        String number = Shown.number(value);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
