package dev.llmops.slo.status;

import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.internal.Confidence;
import dev.llmops.slo.internal.Percent;
import java.time.Instant;

/**
 * The verdict of an event rule at one instant.
 *
 * @param rule the rule
 * @param view how much of the service was seen
 * @param at the instant
 * @param events events within the rule's window
 * @param calls calls seen within the rule's window
 * @since 0.1.0
 */
public record EventRuleStatus(EventRule rule, Measurement.View view, Instant at, long events, long calls)
        implements Status {

    /**
     * Returns the state of the alert.
     *
     * @return firing on any event, no data without calls, else clear
     */
    public TierVerdict.State state() {
        if (events > 0) {
            return TierVerdict.State.FIRING;
        }
        return calls == 0 ? TierVerdict.State.NO_DATA : TierVerdict.State.CLEAR;
    }

    /** {@inheritDoc} Without events it says what that proves, which is at most three in n. */
    @Override
    public String reason() {
        String span = " in the last " + Durations.format(rule.window());
        return switch (state()) {
            case FIRING ->
                Percent.count((double) events) + " of " + Percent.count((double) calls) + " calls" + span
                        + " broke a rule that allows none";
            case NO_DATA -> "no call was seen" + span + ", and silence is not health";
            default ->
                "none of " + Percent.count((double) calls) + " calls" + span + " broke it; at 95 % confidence at most "
                        + Percent.of(Confidence.upperBound(0, (double) calls, SloStatus.CONFIDENCE, true))
                        + " of calls do";
        };
    }
}
