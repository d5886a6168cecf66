package dev.llmops.slo.prometheus;

import dev.llmops.slo.Exclusion;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.Lint;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prometheus rules for objectives: recording rules for every window, burn-rate alerts by severity, and an alert for
 * missing data. One file, for Prometheus 2.40 and later and for 3.
 *
 * <pre>{@code
 * Files.writeString(Path.of("slo.rules.yml"), PrometheusRules.yaml(objectives));
 * Files.writeString(Path.of("slo.rules.test.yml"), PrometheusRules.testYaml(objectives, "slo.rules.yml"));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class PrometheusRules {

    private static final String HEADER = """
            # Generated from objectives by llmops-slo; change the objectives, not this file.
            #
            # Bad and total events are recorded apart, and the period is a quotient of sums: busy hours weigh more than
            # quiet ones. A ratio exists only where there was traffic, so that silence neither blanks nor improves it.
            # Thresholds are computed in decimal and are the ones that the engine compares with.
            # The engine also asks for a lower confidence bound over the threshold; PromQL has none, so between the floor
            # on the number of bad events here and that bound these alerts fire slightly earlier.
            # While llm_slo:excluded exists, events do not count: it holds the exclusions of the objectives' file, and those
            # that engines show as llm_slo_excluded. Up to five minutes of events after an exclusion are left out with it, and
            # a correction of the past changes what is recorded from now on, not what was.
            """;

    private PrometheusRules() {}

    /**
     * Generates a rule file.
     *
     * @param set objectives and event rules
     * @return YAML, one document
     * @throws InvalidObjectivesException naming every error that {@link Lint} finds
     */
    public static String yaml(ObjectiveSet set) {
        Lint.requireUsable(set);
        List<RuleGroup> groups = new ArrayList<>();
        set.objectives()
                .forEach(objective ->
                        groups.add(ObjectiveRules.group(objective, Exclusion.of(set.exclusions(), objective.name()))));
        set.composites().forEach(composite -> groups.add(CompositeRules.group(composite, set)));
        set.eventRules().forEach(rule -> groups.add(EventRuleRules.group(rule)));
        return HEADER + write(groups);
    }

    /**
     * Generates the rules that Sloth would, with its names and labels, for dashboards and routes that are built on them.
     * They have Sloth's weaknesses too: the period is an unweighted mean, and one silent five minutes blank it.
     *
     * @param set objectives; event rules have no counterpart and are refused
     * @return YAML, one document
     * @throws InvalidObjectivesException naming every error that {@link Lint} finds, grouped objectives, calendar windows
     *     and event rules
     */
    public static String slothYaml(ObjectiveSet set) {
        return slothYaml(set, SlothNaming.DEFAULT);
    }

    static String slothYaml(ObjectiveSet set, SlothNaming naming) {
        SlothRules.requireExpressible(set);
        List<RuleGroup> groups = new ArrayList<>();
        set.objectives().forEach(objective -> groups.addAll(new SlothRules(objective, naming).groups()));
        return "# Generated from objectives by llmops-slo, with the names of Sloth.\n" + write(groups);
    }

    /**
     * Generates unit tests of the rules, for {@code promtool test rules}: healthy traffic, an hour of silence, a single
     * failure among few events, a full outage, a target that is gone. Objectives over metrics of your own are left out,
     * because only you know their series.
     *
     * @param set the objectives that the rules were generated from
     * @param ruleFile the path of the rules, as seen from the tests
     * @return YAML
     */
    public static String testYaml(ObjectiveSet set, String ruleFile) {
        return RuleScenarios.yaml(set, ruleFile);
    }

    /**
     * Generates an Alertmanager configuration to begin with: a receiver for each severity, and a page that silences the
     * tickets of the same objective.
     *
     * @param set objectives and event rules, whose severities get a receiver each
     * @param receiver the address that alerts are posted to; the severity is appended as the last part of the path
     * @return YAML
     */
    public static String alertmanagerYaml(ObjectiveSet set, String receiver) {
        return AlertmanagerExample.yaml(set, receiver);
    }

    private static String write(List<RuleGroup> groups) {
        return Yaml.write(
                Map.of("groups", groups.stream().map(RuleGroup::toYaml).toList()));
    }
}
