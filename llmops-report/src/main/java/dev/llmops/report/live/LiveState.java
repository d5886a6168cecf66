package dev.llmops.report.live;

import dev.llmops.release.GateDecision;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.LivePage;
import dev.llmops.report.Page;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.SloStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a service at one instant, to be shown on one page: the four lines of a release, objectives with their error
 * budgets, money, the latest calls, and the release's timeline. What is not known is empty, and shown as missing.
 *
 * <pre>{@code
 * String html = livePage.toHtml(state.toPage()); // a LivePage, which refreshes itself
 * }</pre>
 *
 * @param at the instant
 * @param service the name of the service, the title of the page
 * @param releaseOrNull the latest release; null before the first
 * @param objectives the objectives
 * @param eventRules the rules that allow no event
 * @param moneyOrNull the cost of the day; null if nothing is accounted
 * @param calls the latest calls as records of the call log, oldest first
 * @param tracePrefix the start of a relative link to a trace, to which the trace id is appended; null for no links
 * @see LivePage
 * @since 0.1.0
 */
public record LiveState(
        Instant at,
        String service,
        @Nullable Release releaseOrNull,
        List<ObjectiveState> objectives,
        List<EventRuleStatus> eventRules,
        @Nullable Money moneyOrNull,
        List<Map<String, Object>> calls,
        @Nullable String tracePrefix) {

    /** Copies the lists. */
    public LiveState {
        objectives = List.copyOf(objectives);
        eventRules = List.copyOf(eventRules);
        calls = List.copyOf(calls);
    }

    /**
     * A value at an instant.
     *
     * @param at the instant
     * @param value the value
     */
    public record Sample(Instant at, double value) {}

    /**
     * An objective and its past.
     *
     * @param status the status now
     * @param budget the remaining share of the error budget over time, oldest first
     */
    public record ObjectiveState(SloStatus status, List<Sample> budget) {

        /** Copies the past. */
        public ObjectiveState {
            budget = List.copyOf(budget);
        }
    }

    /**
     * The cost of calls that began on one day.
     *
     * @param currency ISO 4217 code of all amounts
     * @param from the start of the day
     * @param to its end
     * @param amount the sum so far
     * @param calls the number of calls so far
     * @param course the sum over time, oldest first
     * @param recent the sum of the latest calls, from which the forecast is made
     * @param recentTime the time in which they began
     * @param wasted amounts of calls that did not complete, by outcome
     * @param spenders the largest users, largest first
     * @param parts the largest features and version sets, largest first
     * @param unpriced how many of the calls have no price, so that their cost is not known
     */
    public record Money(
            String currency,
            Instant from,
            Instant to,
            BigDecimal amount,
            long calls,
            List<Sample> course,
            BigDecimal recent,
            Duration recentTime,
            Map<String, BigDecimal> wasted,
            List<Spender> spenders,
            List<Spender> parts,
            long unpriced) {

        /** Copies the collections. */
        public Money {
            course = List.copyOf(course);
            wasted = Map.copyOf(wasted);
            spenders = List.copyOf(spenders);
            parts = List.copyOf(parts);
        }
    }

    /**
     * A part of the cost.
     *
     * @param name who or what spent it, as it may be shown
     * @param amount the sum
     * @param calls the number of calls
     * @param unpriced how many of the calls have no price
     */
    public record Spender(String name, BigDecimal amount, long calls, long unpriced) {}

    /**
     * Returns the page.
     *
     * @return the page, with each part as a section
     */
    public Page toPage() {
        Release release = releaseOrNull;
        return Page.titled(service)
                .add(Block.paragraph(Inline.text("State of " + Numbers.time(at) + " UTC, " + Numbers.date(at))))
                .add(release == null ? ObjectiveLamps.of(objectives, eventRules) : ReleaseLamps.of(release))
                .add(ObjectivesPart.of(objectives))
                .add(MoneyPart.of(moneyOrNull, at))
                .add(CallsPart.of(calls, tracePrefix))
                .add(release == null ? ReleasePart.none() : ReleasePart.of(release, at))
                .build();
    }

    /**
     * A release as the page shows it.
     *
     * @param policy the policy that judges it
     * @param decision the latest decision of the gate
     * @param verdict the verdict in force, which a person may have set
     * @param reason the sentence behind it
     * @param state the state of the switch
     * @param events the changes of the switch, oldest first
     * @param calls calls that were assigned to each arm
     * @param packLink a relative link to the evidence pack; null for none
     */
    public record Release(
            GatePolicy policy,
            GateDecision decision,
            GateDecision.Verdict verdict,
            String reason,
            SwitchState state,
            List<SwitchEvent> events,
            Map<Arm, Long> calls,
            @Nullable String packLink) {

        /** Copies the collections. */
        public Release {
            events = List.copyOf(events);
            calls = Map.copyOf(calls);
        }
    }
}
