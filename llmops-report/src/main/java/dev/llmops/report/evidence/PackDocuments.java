package dev.llmops.report.evidence;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GatePlan;
import dev.llmops.release.GateSituation;
import dev.llmops.release.LineResult;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.stats.JudgeCalibration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The documents of a pack as maps; names are a contract with {@code verify.py}. */
final class PackDocuments {

    private static final double SHARE = 1e-9;

    private PackDocuments() {}

    static Map<String, @Nullable Object> decision(GateDecision decision) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("change_id", decision.changeId());
        map.put("stage", decision.stage());
        map.put("candidate_ratio", decision.candidateRatio());
        map.put("verdict", decision.verdict().name());
        map.put("reason", decision.reason());
        map.put("inconclusive", decision.isInconclusive());
        Map<String, Long> units = new TreeMap<>();
        decision.units().forEach((arm, n) -> units.put(arm.label(), n));
        map.put("units", units);
        map.put("lines", decision.lines().stream().map(PackDocuments::line).toList());
        map.put("not_counted", decision.notCounted());
        map.put("next", decision.next() == null ? null : decision.next().name());
        return map;
    }

    private static Map<String, Object> line(LineResult line) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("line", word(line.line()));
        map.put("metric", line.metric());
        map.put("value", line.value());
        map.put("control", line.control());
        map.put("ratio", line.ratio());
        map.put("lower", line.interval().lower());
        map.put("upper", line.interval().upper());
        map.put("n", line.n());
        map.put("bad", line.bad());
        map.put("e", line.e());
        map.put("limit", line.limit());
        map.put("verdict", line.verdict().name());
        map.put("reason", line.reason());
        return map;
    }

    static Map<String, @Nullable Object> policy(GatePolicy policy) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("alpha", policy.alpha());
        map.put("tests", policy.tests());
        map.put("sample_ratio_alpha", policy.sampleRatioAlpha());
        map.put("max_hold_seconds", policy.maxHold().toSeconds());
        map.put("stop_on", new TreeSet<>(policy.stopOn()));
        map.put("rolls_back_on_budget_burn", policy.rollsBackOnBudgetBurn());
        map.put("freeze_at_remaining_ratio", policy.freezeAtRemainingRatio());
        map.put("exempt", new TreeSet<>(policy.exempt()));
        map.put(
                "stages",
                policy.stages().stream().map(stage -> stage(policy, stage)).toList());
        map.put("metrics", policy.metrics().stream().map(PackDocuments::rule).toList());
        return map;
    }

    private static Map<String, Object> stage(GatePolicy policy, GatePolicy.Stage stage) {
        Exposure exposure = policy.exposure(stage);
        Map<String, Double> arms = new LinkedHashMap<>();
        for (Arm arm : new Arm[] {Arm.CANDIDATE, Arm.CONTROL, Arm.BASELINE, Arm.HOLDBACK}) {
            if (exposure.ratioOf(arm) > SHARE) {
                arms.put(arm.label(), exposure.ratioOf(arm));
            }
        }
        return Map.of(
                "name", stage.name(),
                "arms", arms,
                "reference", exposure.reference().label(),
                "min_units", stage.minUnits(),
                "min_pairs", stage.minPairs(),
                "min_seconds", stage.minTime().toSeconds(),
                "needs_proof", stage.needs() == GatePolicy.Stage.Needs.PROOF);
    }

    private static Map<String, @Nullable Object> rule(MetricRule rule) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("line", word(rule.line()));
        map.put("metric", rule.metric());
        map.put("kind", word(rule.kind()));
        map.put("pause", limit(rule.pause()));
        map.put("roll_back", limit(rule.rollBack()));
        map.put("quantile", rule.quantileRatio());
        map.put("min_bad", rule.minBad());
        map.put("paired", rule.isPaired());
        map.put("card_required", rule.isCardRequired());
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> limit(@Nullable Limit limit) {
        if (limit == null) {
            return null;
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("points", limit.pointsRatio());
        map.put("ratio", limit.ratio());
        return map;
    }

    static Map<String, Object> situation(GateSituation situation) {
        Map<String, Object> judges = new TreeMap<>();
        situation.judges().forEach((metric, card) -> judges.put(metric, card(card)));
        return Map.of(
                "now", situation.now().toString(),
                "stage", situation.stage(),
                "stage_since", situation.stageSince().toString(),
                "slo_budget_remaining_ratio", situation.sloBudgetRemainingRatio(),
                "money_exhausting", situation.isMoneyExhausting(),
                "change_kind", situation.changeKind(),
                "judges", judges);
    }

    private static Map<String, Object> card(JudgeCalibration card) {
        return Map.of(
                "evaluator", card.evaluator(),
                "bad", card.bad(),
                "bad_found", card.badFound(),
                "good", card.good(),
                "good_found", card.goodFound(),
                "certified", card.isCertified());
    }

    static GateSituation situation(JsonNode json) {
        Map<String, JudgeCalibration> judges = new TreeMap<>();
        json.path("judges").properties().forEach(entry -> judges.put(entry.getKey(), card(entry.getValue())));
        return new GateSituation(
                Instant.parse(json.path("now").asString()),
                json.path("stage").asString(),
                Instant.parse(json.path("stage_since").asString()),
                Double.parseDouble(json.path("slo_budget_remaining_ratio").asString()),
                json.path("money_exhausting").asBoolean(),
                json.path("change_kind").asString(),
                judges);
    }

    private static JudgeCalibration card(JsonNode card) {
        return new JudgeCalibration(
                card.path("evaluator").asString(),
                card.path("bad").asInt(),
                card.path("bad_found").asInt(),
                card.path("good").asInt(),
                card.path("good_found").asInt());
    }

    static Object plan(GatePlan plan) {
        return Map.of(
                "can_promote",
                plan.canPromote(),
                "entries",
                plan.entries().stream()
                        .map(entry -> Map.of(
                                "stage", entry.stage(),
                                "metric", entry.metric(),
                                "question", word(entry.question()),
                                "units", entry.units(),
                                "hours", entry.hours(),
                                "never", entry.isNever()))
                        .toList());
    }

    static Map<String, Object> versions(VersionSet baseline, VersionSet candidate) {
        Set<String> names = new TreeSet<>(baseline.parts().keySet());
        names.addAll(candidate.parts().keySet());
        Map<String, Map<String, @Nullable String>> difference = new TreeMap<>();
        for (String name : names) {
            String before = baseline.parts().get(name);
            String after = candidate.parts().get(name);
            if (!Objects.equals(before, after)) {
                Map<String, @Nullable String> change = new LinkedHashMap<>();
                change.put("before", before);
                change.put("after", after);
                difference.put(name, change);
            }
        }
        return Map.of("baseline", set(baseline), "candidate", set(candidate), "difference", difference);
    }

    private static Map<String, Object> set(VersionSet versions) {
        return Map.of("id", versions.id(), "parts", versions.parts());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
