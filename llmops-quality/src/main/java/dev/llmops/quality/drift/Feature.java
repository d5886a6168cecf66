package dev.llmops.quality.drift;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Property of a call whose distribution is watched.
 *
 * @since 0.1.0
 */
public sealed interface Feature {

    /**
     * Returns the name, a label value of low cardinality.
     *
     * @return the name
     */
    String name();

    /**
     * Numeric feature.
     *
     * @param name the name
     * @param value reads it from a call; NaN when missing
     */
    record Numeric(String name, ToDoubleFunction<CallRecord> value) implements Feature {}

    /**
     * Categorical feature.
     *
     * @param name the name
     * @param value reads it from a call; null when missing
     */
    record Category(String name, Function<CallRecord, @Nullable String> value) implements Feature {}

    /**
     * Returns a numeric feature.
     *
     * @param name the name
     * @param value reads it from a call; NaN when missing
     * @return the feature
     */
    static Feature numeric(String name, ToDoubleFunction<CallRecord> value) {
        return new Numeric(name, value);
    }

    /**
     * Returns a categorical feature.
     *
     * @param name the name
     * @param value reads it from a call; null when missing
     * @return the feature
     */
    static Feature category(String name, Function<CallRecord, @Nullable String> value) {
        return new Category(name, value);
    }

    /**
     * Returns the features that need no content: input and output tokens, duration in seconds, cost in the currency of the
     * price book, outcome, finish reason, refusal, first tool, and application feature.
     *
     * @return the features
     */
    static List<Feature> standard() {
        return List.of(
                numeric("input_tokens", call -> number(call.usage().inputTokens())),
                numeric("output_tokens", call -> number(call.usage().outputTokens())),
                numeric("duration_seconds", call -> call.timing().durationNanos() / 1e9),
                numeric("cost", Feature::cost),
                category("outcome", call -> call.outcome().status()),
                category("finish_reason", call -> first(call.finishReasons())),
                category("refusal", call -> String.valueOf(call.isRefusal())),
                category(
                        "tool",
                        call -> call.toolCalls().isEmpty()
                                ? "none"
                                : call.toolCalls().get(0).name()),
                category("feature", call -> call.info().feature()));
    }

    private static double number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }

    private static double cost(CallRecord call) {
        Cost cost = call.cost();
        return cost == null || cost.amountOrNull() == null
                ? Double.NaN
                : cost.amountOrNull().doubleValue();
    }

    private static @Nullable String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }
}
