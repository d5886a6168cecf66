package dev.llmops.slo.file;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.ErrorBudget;
import dev.llmops.slo.Objective;
import dev.llmops.slo.internal.Names;
import dev.llmops.slo.internal.Percent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks objectives over before they are used, and reports everything at once.
 *
 * @since 0.1.0
 */
public final class Lint {

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final Duration EVALUATION_INTERVAL = Duration.ofMinutes(1);

    private final List<Finding> findings = new ArrayList<>();
    private final Objective objective;

    private Lint(Objective objective) {
        this.objective = objective;
    }

    /**
     * Looks a set over.
     *
     * @param set objectives and event rules
     * @return all findings, errors and warnings, in the order of the objectives
     */
    public static List<Finding> check(ObjectiveSet set) {
        List<Finding> findings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Objective objective : set.objectives()) {
            requireUnique(names, objective.name(), findings);
            Lint lint = new Lint(objective);
            lint.checkTarget();
            lint.checkTiers();
            lint.checkLabels();
            SourceLint.check(objective, lint::found);
            lint.checkTraffic();
            findings.addAll(lint.findings);
        }
        set.eventRules().forEach(rule -> requireUnique(names, rule.name(), findings));
        set.composites().forEach(composite -> requireUnique(names, composite.name(), findings));
        findings.addAll(CompositeLint.check(set));
        return List.copyOf(findings);
    }

    /**
     * Refuses a set that has errors.
     *
     * @param set objectives and event rules
     * @throws InvalidObjectivesException naming every error
     */
    public static void requireUsable(ObjectiveSet set) {
        List<String> errors = check(set).stream()
                .filter(finding -> finding.code().isError())
                .map(Finding::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidObjectivesException(errors);
        }
    }

    private static void requireUnique(Set<String> names, String name, List<Finding> findings) {
        if (!names.add(name)) {
            findings.add(new Finding(
                    Code.DUPLICATE_NAME,
                    name,
                    "the name is taken — each objective, composite and event rule has its own — rename one"));
        }
    }

    private void found(Code code, String message) {
        findings.add(new Finding(code, objective.name(), message));
    }

    private void checkTarget() {
        BigDecimal target = objective.target();
        if (target.compareTo(BigDecimal.ONE) == 0) {
            found(
                    Code.OBJECTIVE_100,
                    "a target of 100 % has no budget to burn; lower it, or make it an event rule that allows none");
        } else if (target.compareTo(HALF) < 0) {
            found(
                    Code.OBJECTIVE_LOW,
                    "the target is " + Percent.of(target) + "; is a bad event meant to be a good one?");
        }
        if (objective.description().isBlank()) {
            found(Code.NO_DESCRIPTION, "say why the promise is made, for the person it wakes up");
        }
        if (objective.indicator().isJudgedLater() && objective.evaluationDelay().isZero()) {
            found(
                    Code.EVALUATION_DELAY_TOO_SHORT,
                    "verdicts on '" + objective.indicator().describe()
                            + "' come after the call, and windows end now; set"
                            + " evaluationDelay a little over the 99th percentile of the judge's lag");
        }
    }

    private void checkTiers() {
        List<AlertTier> tiers = objective.alerts().tiers();
        if (tiers.isEmpty()) {
            found(Code.ALL_ALERTS_DISABLED, "no alert fires when the budget burns — add a tier");
        }
        Set<List<Object>> windows = new HashSet<>();
        for (AlertTier tier : tiers) {
            checkTier(tier);
            if (!windows.add(List.of(tier.severity(), tier.longWindow(), tier.shortWindow()))) {
                found(Code.DUPLICATE_ALERT_WINDOW, "two tiers are " + tier + " or differ in the factor alone");
            }
        }
        checkDetection(tiers);
    }

    private void checkTier(AlertTier tier) {
        ErrorBudget budget = objective.budget();
        BigDecimal threshold = budget.exactThreshold(tier.factor());
        if (threshold.compareTo(BigDecimal.ONE) >= 0) {
            found(
                    Code.THRESHOLD_UNREACHABLE,
                    "tier " + tier + " asks for over " + Percent.of(threshold)
                            + " bad events and can never fire; lower the factor to " + reachableFactor()
                            + " or leave the tiers out to have them derived");
        } else if (threshold.compareTo(HALF) >= 0 && !objective.isAlertPolicyDerived()) {
            found(
                    Code.THRESHOLD_HIGH,
                    "tier " + tier + " fires only over " + Percent.of(threshold) + " bad events; a factor of "
                            + reachableFactor() + " fires at half");
        }
        if (tier.factor().compareTo(BigDecimal.ONE) < 0) {
            found(
                    Code.FACTOR_BELOW_ONE,
                    "tier " + tier + " fires on a service that spends less than its budget — raise the factor to 1");
        }
        if (tier.shortWindow().compareTo(tier.longWindow()) >= 0) {
            found(
                    Code.SHORT_NOT_SHORTER,
                    "tier " + tier + " has a short window that is not shorter — pass a twelfth of the long one");
        }
        if (objective.window().nominalLength().compareTo(tier.longWindow()) <= 0) {
            found(
                    Code.PERIOD_TOO_SHORT,
                    "tier " + tier + " looks further back than the window of " + objective.window()
                            + "; leave the tiers out to have them derived");
        }
    }

    private String reachableFactor() {
        BigDecimal budget = objective.budget().ratio();
        return budget.signum() == 0 ? "none" : Percent.plain(0.5 / budget.doubleValue());
    }

    /** Alerts are judged once a minute, so that nothing is noticed in the first. */
    private void checkDetection(List<AlertTier> tiers) {
        ErrorBudget budget = objective.budget();
        tiers.stream()
                .flatMap(tier -> budget.timeToFire(tier, BigDecimal.ONE).stream())
                .min(Comparator.naturalOrder())
                .ifPresent(fires -> {
                    Duration noticed = Duration.ofMinutes(fires.toMinutes()).plus(EVALUATION_INTERVAL);
                    Duration spent = Duration.ofMillis(budget.ratio()
                            .multiply(BigDecimal.valueOf(budget.period().toMillis()))
                            .longValue());
                    if (spent.compareTo(noticed) < 0) {
                        found(
                                Code.BUDGET_UNDER_DETECTION,
                                "a full outage spends the budget in " + spent.toSeconds()
                                        + " s and is noticed after " + noticed.toSeconds()
                                        + " s; no alert can save it");
                    }
                });
    }

    private void checkLabels() {
        Set<String> reserved = new HashSet<>();
        objective.groupBy().forEach(dimension -> reserved.add(dimension.label()));
        for (String label : objective.labels().keySet()) {
            if (reserved.contains(label) || Names.isSetByRules(label)) {
                found(Code.RESERVED_LABEL, "label '" + label + "' is set by the rules themselves; choose another");
            } else if (!Names.isPrometheusLabel(label)) {
                found(
                        Code.LABEL_NAME_CHARS,
                        "label '" + label
                                + "' cannot be a label — letters, digits and '_', not starting with a digit or '__' — rename it");
            }
        }
    }

    private void checkTraffic() {
        objective.expectedEventsPerHour().ifPresent(perHour -> {
            for (AlertTier tier : objective.alerts().tiers()) {
                double events = perHour * tier.longWindow().toMinutes() / 60;
                double needed = 1 / objective.budget().threshold(tier.factor());
                if (events <= needed) {
                    found(
                            Code.TRAFFIC_TOO_LOW,
                            "tier " + tier + " expects " + Percent.plain(events)
                                    + " events in its long window, and over " + Percent.plain(needed)
                                    + " are needed for one failure to stay under its threshold; the guard holds it back");
                }
            }
        });
    }

    /**
     * Something about an objective that cannot work, or will not do what one thinks.
     *
     * @param code what it is
     * @param slo the objective or event rule it is about
     * @param message the rule, the value and the remedy
     */
    public record Finding(Code code, String slo, String message) {

        @Override
        public String toString() {
            return slo + ": " + code + ": " + message;
        }
    }

    /** The findings of {@link Lint}. An error keeps the engine and the rule generator from starting; a warning does not. */
    public enum Code {
        /** Two objectives or event rules share a name. */
        DUPLICATE_NAME(true),
        /** The target is 100 %: there is no budget and no burn rate; an event rule says it better. */
        OBJECTIVE_100(true),
        /** The target is below 50 %. */
        OBJECTIVE_LOW(false),
        /** A tier's threshold is 1 or more, so that it can never fire. */
        THRESHOLD_UNREACHABLE(true),
        /** A tier's threshold is 0.5 or more: half of all events are bad before an alert fires. */
        THRESHOLD_HIGH(false),
        /** A tier's factor is below 1, so that it fires on a service that keeps its promise. */
        FACTOR_BELOW_ONE(false),
        /** A tier's short window is not shorter than its long one. */
        SHORT_NOT_SHORTER(true),
        /** The objective's window is not longer than the longest alert window. */
        PERIOD_TOO_SHORT(true),
        /** Two tiers of one severity look at the same windows. */
        DUPLICATE_ALERT_WINDOW(false),
        /** The objective has no alert tiers. */
        ALL_ALERTS_DISABLED(false),
        /** The objective does not say why it is there. */
        NO_DESCRIPTION(false),
        /** A label is one that the generated rules set themselves. */
        RESERVED_LABEL(true),
        /** A label's name is none that Prometheus takes. */
        LABEL_NAME_CHARS(true),
        /** Both queries of a ratio are the same. */
        SAME_QUERY(true),
        /** A query lacks the placeholder for its window. */
        WINDOW_PLACEHOLDER_MISSING(true),
        /** Only one query of a ratio falls back to zero, so that a scrape gap looks perfect or disastrous. */
        SLI_FALLBACK_ASYMMETRY(false),
        /** A threshold is no edge of the histogram it is read from. */
        THRESHOLD_NOT_A_BUCKET(true),
        /** So little traffic is expected that one failure is over a tier's threshold. */
        TRAFFIC_TOO_LOW(false),
        /** A full outage spends the whole budget before any tier can fire. */
        BUDGET_UNDER_DETECTION(false),
        /** Verdicts come later than the windows end, so that the short windows stay empty. */
        EVALUATION_DELAY_TOO_SHORT(false),
        /** A composite or an exclusion names an objective that is not there. */
        UNKNOWN_NAME(true),
        /** The members of a composite have different windows, groups, or kinds of events that have no common budget. */
        MEMBERS_CANNOT_COMBINE(true);

        private final boolean error;

        Code(boolean error) {
            this.error = error;
        }

        /**
         * Returns true if the finding keeps objectives from being used.
         *
         * @return true for an error, false for a warning
         */
        public boolean isError() {
            return error;
        }
    }
}
