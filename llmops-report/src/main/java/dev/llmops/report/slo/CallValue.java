package dev.llmops.report.slo;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.report.internal.Shown;
import dev.llmops.slo.Indicator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads from a call what an indicator judges. */
final class CallValue {

    private static final double NANOS_PER_MILLI = 1e6;

    private CallValue() {}

    /** Returns the value of the indicator, or of each part of a goodput, where the call has one. */
    static List<JudgedEvent.Measured> all(Indicator indicator, CallRecord call) {
        if (indicator instanceof Indicator.Goodput goodput) {
            return goodput.parts().stream()
                    .flatMap(part -> all(part, call).stream())
                    .toList();
        }
        OptionalDouble value = of(indicator, call);
        return value.isPresent() ? List.of(new JudgedEvent.Measured(indicator, value.getAsDouble())) : List.of();
    }

    private static OptionalDouble of(Indicator indicator, CallRecord call) {
        if (indicator instanceof Indicator.Latency latency) {
            OptionalLong nanos = nanos(latency, call);
            return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / NANOS_PER_MILLI) : OptionalDouble.empty();
        }
        BigDecimal amount = indicator instanceof Indicator.CostPerCall ? amount(call) : null;
        return amount == null ? OptionalDouble.empty() : OptionalDouble.of(amount.doubleValue());
    }

    static String describe(Indicator indicator, CallRecord call) {
        if (indicator instanceof Indicator.Latency latency) {
            OptionalLong nanos = nanos(latency, call);
            return nanos.isPresent()
                    ? millis(nanos.getAsLong())
                    : outcome(call) + " after " + millis(call.timing().durationNanos());
        }
        if (indicator instanceof Indicator.CostPerCall) {
            Cost cost = call.cost();
            BigDecimal amount = amount(call);
            return cost == null || amount == null ? "no price" : amount.toPlainString() + " " + cost.currency();
        }
        return outcome(call);
    }

    /** The greater, the worse. */
    static double weight(Indicator indicator, CallRecord call) {
        return of(indicator, call).orElse(call.timing().durationNanos() / NANOS_PER_MILLI);
    }

    private static @Nullable BigDecimal amount(CallRecord call) {
        Cost cost = call.cost();
        return cost == null ? null : cost.amountOrNull();
    }

    private static String millis(long nanos) {
        return Shown.millis(nanos / NANOS_PER_MILLI);
    }

    private static String outcome(CallRecord call) {
        String outcome = call.outcome().name().toLowerCase(Locale.ROOT);
        return call.error() == null ? outcome : outcome + ", " + call.error().kind();
    }

    static String message(CallRecord call) {
        String message = call.error() == null ? null : call.error().message();
        return message == null ? "" : message;
    }

    private static OptionalLong nanos(Indicator.Latency latency, CallRecord call) {
        return switch (latency.measure()) {
            case DURATION -> OptionalLong.of(call.timing().durationNanos());
            case TIME_TO_FIRST_TOKEN -> call.timing().timeToFirstTokenNanos();
            case TIME_PER_OUTPUT_TOKEN -> call.timing().timePerOutputTokenNanos();
        };
    }
}
