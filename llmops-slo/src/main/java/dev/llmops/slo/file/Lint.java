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

    private final List<LintFinding> findings = new ArrayList<>();
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
    public static List<LintFinding> check(ObjectiveSet set) {
        List<LintFinding> findings = new ArrayList<>();
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
                .map(LintFinding::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidObjectivesException(errors);
        }
    }

    private static void requireUnique(Set<String> names, String name, List<LintFinding> findings) {
        if (!names.add(name)) {
            findings.add(new LintFinding(
                    LintCode.DUPLICATE_NAME,
                    name,
                    "the name is taken — each objective, composite and event rule has its own — rename one"));
        }
    }

    private void found(LintCode code, String message) {
        findings.add(new LintFinding(code, objective.name(), message));
    }

    private void checkTarget() {
        BigDecimal target = objective.target();
        if (target.compareTo(BigDecimal.ONE) == 0) {
            found(
                    LintCode.OBJECTIVE_100,
                    "a target of 100 % has no budget to burn; lower it, or make it an event rule that allows none");
        } else if (target.compareTo(HALF) < 0) {
            found(
                    LintCode.OBJECTIVE_LOW,
                    "the target is " + Percent.of(target) + "; is a bad event meant to be a good one?");
        }
        if (objective.description().isBlank()) {
            found(LintCode.NO_DESCRIPTION, "say why the promise is made, for the person it wakes up");
        }
        if (objective.indicator().isJudgedLater() && objective.evaluationDelay().isZero()) {
            found(
                    LintCode.EVALUATION_DELAY_TOO_SHORT,
                    "verdicts on '" + objective.indicator().describe()
                            + "' come after the call, and windows end now; set"
                            + " evaluationDelay a little over the 99th percentile of the judge's lag");
        }
    }

    private void checkTiers() {
        List<AlertTier> tiers = objective.alerts().tiers();
        if (tiers.isEmpty()) {
            found(LintCode.ALL_ALERTS_DISABLED, "no alert fires when the budget burns — add a tier");
        }
        Set<List<Object>> windows = new HashSet<>();
        for (AlertTier tier : tiers) {
            checkTier(tier);
            if (!windows.add(List.of(tier.severity(), tier.longWindow(), tier.shortWindow()))) {
                found(LintCode.DUPLICATE_ALERT_WINDOW, "two tiers are " + tier + " or differ in the factor alone");
            }
        }
        checkDetection(tiers);
    }

    private void checkTier(AlertTier tier) {
        ErrorBudget budget = objective.budget();
        BigDecimal threshold = budget.exactThreshold(tier.factor());
        if (threshold.compareTo(BigDecimal.ONE) >= 0) {
            found(
                    LintCode.THRESHOLD_UNREACHABLE,
                    "tier " + tier + " asks for over " + Percent.of(threshold)
                            + " bad events and can never fire; lower the factor to " + reachableFactor()
                            + " or leave the tiers out to have them derived");
        } else if (threshold.compareTo(HALF) >= 0 && !objective.isAlertPolicyDerived()) {
            found(
                    LintCode.THRESHOLD_HIGH,
                    "tier " + tier + " fires only over " + Percent.of(threshold) + " bad events; a factor of "
                            + reachableFactor() + " fires at half");
        }
        if (tier.factor().compareTo(BigDecimal.ONE) < 0) {
            found(
                    LintCode.FACTOR_BELOW_ONE,
                    "tier " + tier + " fires on a service that spends less than its budget — raise the factor to 1");
        }
        if (tier.shortWindow().compareTo(tier.longWindow()) >= 0) {
            found(
                    LintCode.SHORT_NOT_SHORTER,
                    "tier " + tier + " has a short window that is not shorter — pass a twelfth of the long one");
        }
        if (objective.window().nominalLength().compareTo(tier.longWindow()) <= 0) {
            found(
                    LintCode.PERIOD_TOO_SHORT,
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
                                LintCode.BUDGET_UNDER_DETECTION,
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
                found(LintCode.RESERVED_LABEL, "label '" + label + "' is set by the rules themselves; choose another");
            } else if (!Names.isPrometheusLabel(label)) {
                found(
                        LintCode.LABEL_NAME_CHARS,
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
                            LintCode.TRAFFIC_TOO_LOW,
                            "tier " + tier + " expects " + Percent.plain(events)
                                    + " events in its long window, and over " + Percent.plain(needed)
                                    + " are needed for one failure to stay under its threshold; the guard holds it back");
                }
            }
        });
    }
}
