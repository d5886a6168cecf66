package dev.llmops.release.policy;

import dev.llmops.release.arm.AssignmentUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a policy and checks it as a whole; all problems are reported together. */
final class GatePolicyReader {

    static final Duration DEFAULT_MAX_HOLD = Duration.ofDays(3);
    static final Duration DEFAULT_MATURE_AFTER = Duration.ofMinutes(1);
    static final String BURN = "budget-exhausts-before-window-end";

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final Set<String> LATENCIES = Set.of("time_to_first_token", "duration");
    private static final Pattern AT_MOST = Pattern.compile("<=\\s*(-?[0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*(%?)");

    private final List<String> problems = new ArrayList<>();
    private final List<MetricRule> metrics = new ArrayList<>();

    GatePolicy read(String file, String text) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidGatePolicyException(file, List.of("the file must be YAML, but " + e.getOriginalMessage()));
        }
        PolicyNode document = new PolicyNode(root == null || root.isMissingNode() ? null : root, "", problems);
        if (!document.has("gate")) {
            document.problem("gate", "is missing; begin the file with gate:");
        }
        PolicyNode gate = document.child("gate");
        document.rejectUnknown();
        GatePolicy policy = policy(gate);
        new PolicyLint(policy, problems).run();
        if (!problems.isEmpty()) {
            throw new InvalidGatePolicyException(file, problems);
        }
        return policy;
    }

    private GatePolicy policy(PolicyNode gate) {
        String unit = gate.choice("unit", "conversation", List.of("request", "conversation", "user", "tenant"));
        PolicyNode arms = gate.child("arms");
        boolean control =
                arms.choice("control", "off", List.of("off", "same-size")).equals("same-size");
        arms.rejectUnknown();
        double alpha = gate.number("alpha", .05, 0, .5);
        PolicyNode ratio = gate.child("sample_ratio");
        double ratioAlpha = ratio.number("alpha", .001, 0, .5);
        ratio.rejectUnknown();
        List<GatePolicy.Stage> stages =
                gate.children("stages").stream().map(GatePolicyReader::stage).toList();
        Duration maxHold = gate.duration("max_hold", DEFAULT_MAX_HOLD);
        Duration matureAfter = gate.duration("mature_after", DEFAULT_MATURE_AFTER);
        boolean autoPromote = gate.flag("auto_promote");
        PolicyNode lines = gate.child("lines");
        Set<String> stopOn = metrics(lines);
        PolicyNode cost = lines.child("cost");
        boolean burn = cost.has("burn")
                && !cost.child("burn")
                        .choice("roll_back_when", BURN, List.of(BURN))
                        .isEmpty();
        PolicyNode budget = lines.child("budget");
        double freezeAt = freezeAt(budget.child("freeze_when"));
        Set<String> exempt = budget.texts("exempt");
        budget.rejectUnknown();
        lines.rejectUnknown();
        gate.rejectUnknown();
        return new GatePolicy(
                AssignmentUnit.valueOf(unit.toUpperCase(Locale.ROOT)),
                control,
                alpha,
                ratioAlpha,
                stages,
                maxHold,
                matureAfter,
                autoPromote,
                metrics,
                stopOn,
                burn,
                freezeAt,
                exempt);
    }

    /** Adds the metrics of all lines; returns the risks that stop a release. */
    private Set<String> metrics(PolicyNode lines) {
        PolicyNode quality = lines.child("quality");
        quality.keys().forEach(name -> metrics.add(MetricReader.rate(GateLine.QUALITY, name, quality.child(name))));
        PolicyNode latency = lines.child("latency");
        latency.keys()
                .forEach(name -> metrics.add(
                        LATENCIES.contains(name)
                                ? MetricReader.quantile(name, latency.child(name))
                                : MetricReader.rate(GateLine.LATENCY, name, latency.child(name))));
        PolicyNode cost = lines.child("cost");
        if (cost.has("per_call")) {
            metrics.add(MetricReader.mean("per_call", cost.child("per_call")));
        }
        cost.has("burn");
        cost.rejectUnknown();
        PolicyNode risk = lines.child("risk");
        PolicyNode pauseOn = risk.child("pause_on");
        for (String type : pauseOn.keys()) {
            PolicyNode limit = pauseOn.child(type);
            metrics.add(new MetricRule(
                    GateLine.RISK,
                    type,
                    MetricRule.Kind.RATE,
                    new Limit(null, limit.number("ratio", 1.5, 1, 1_000)),
                    null,
                    0,
                    Duration.ZERO,
                    1,
                    false,
                    false));
            limit.rejectUnknown();
        }
        Set<String> stopOn = risk.texts("stop_on");
        risk.rejectUnknown();
        Set<String> names = new HashSet<>();
        for (MetricRule rule : metrics) {
            if (!names.add(rule.metric())) {
                lines.problem(rule.line().label(), "must name each metric once, but " + rule.metric() + " comes twice");
            }
        }
        return stopOn;
    }

    private static GatePolicy.Stage stage(PolicyNode node) {
        double mirror = node.share("mirror");
        double share = node.share("share");
        double holdback = node.share("holdback");
        PolicyNode atLeast = node.child("at_least");
        long units = atLeast.count("units", 0);
        Duration time = node.has("for") ? node.duration("for", Duration.ZERO) : atLeast.duration("time", Duration.ZERO);
        atLeast.has("time");
        atLeast.rejectUnknown();
        PolicyNode until = node.child("until");
        long pairs = until.count("pairs", 0);
        until.rejectUnknown();
        String needs = node.choice("needs", "no-breach", List.of("no-breach", "proof"));
        JsonNode name = node.get("name");
        if (name != null && (!name.isValueNode() || name.asString("").isBlank())) {
            node.problem("name", "is no name (" + name + ") — a text — write e.g. name: canary");
        }
        node.rejectUnknown();
        return new GatePolicy.Stage(
                name == null ? shown(share) : name.asString(""),
                share,
                mirror,
                holdback,
                units,
                pairs,
                time,
                needs.equals("proof") ? GatePolicy.Stage.Needs.PROOF : GatePolicy.Stage.Needs.NO_BREACH);
    }

    private static String shown(double share) {
        return Double.isNaN(share)
                ? ""
                : new BigDecimal(share * 100)
                                .round(new MathContext(6))
                                .stripTrailingZeros()
                                .toPlainString()
                        + "%";
    }

    /** The share of an SLO's budget at or under which nothing is promoted; NaN for never. */
    private static double freezeAt(PolicyNode node) {
        JsonNode value = node.get("slo_budget_remaining");
        node.rejectUnknown();
        if (value == null) {
            return Double.NaN;
        }
        Matcher matcher = AT_MOST.matcher(value.asString("").strip());
        if (!matcher.matches()) {
            node.problem("slo_budget_remaining", "is not a limit (" + value + ") — <= and a share — write e.g. <= 0");
            return Double.NaN;
        }
        return Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
    }
}
