package dev.llmops.slo;

import dev.llmops.core.record.RiskFinding;
import dev.llmops.slo.internal.Names;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Something that must never happen: a leak, an injection that succeeded, an unauthorised tool call. It has no budget
 * and so no burn rate: one event fires it.
 *
 * @param name a DNS label, unique among the rules and objectives used together
 * @param description why it must not happen
 * @param severity what firing means, see {@link AlertTier#severity()}
 * @param riskTypes the types of {@link RiskFinding} that count, at least one
 * @param actions what was done about the risk for it to count, such as {@code reported}; empty for any
 * @param filter which calls count
 * @param window how long one event keeps the rule firing, whole minutes, at least an hour
 * @since 0.1.0
 */
public record EventRule(
        String name,
        String description,
        String severity,
        Set<String> riskTypes,
        Set<String> actions,
        CallFilter filter,
        Duration window) {

    /** The default time for which one event keeps a rule firing: a day. */
    public static final Duration DEFAULT_WINDOW = Duration.ofDays(1);

    /**
     * Checks and copies the parts.
     *
     * @throws IllegalArgumentException if the name is no DNS label, no type is named, or the window is too short
     */
    public EventRule {
        Names.requireDnsLabel("name", name);
        Objects.requireNonNull(filter, "filter");
        riskTypes = Set.copyOf(riskTypes);
        actions = Set.copyOf(actions);
        window = new SloWindow.Rolling(window).length();
        if (riskTypes.isEmpty()) {
            throw new IllegalArgumentException(
                    "event rule '" + name + "' names no risk type — one or more — pass for example prompt_injection");
        }
        if (severity.isBlank()) {
            throw new IllegalArgumentException(
                    "severity is blank — any name — pass AlertTier.PAGE or a name of your own");
        }
    }

    /**
     * A rule that pages for a day after any finding of some types, in any call.
     *
     * @param name its name
     * @param riskTypes the types of risk
     * @return the rule
     */
    public static EventRule never(String name, String... riskTypes) {
        return new EventRule(name, "", AlertTier.PAGE, Set.of(riskTypes), Set.of(), CallFilter.ALL, DEFAULT_WINDOW);
    }

    public boolean matches(RiskFinding finding) {
        return riskTypes.contains(finding.type()) && (actions.isEmpty() || actions.contains(finding.action()));
    }
}
