package dev.llmops.slo.prometheus;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.LowTrafficGuard;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules of one objective. */
final class ObjectiveRules {

    /** How often the group is evaluated; coverage counts samples of this distance. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    static final String BURN_ALERT = "LlmSloBurn";
    static final String NO_DATA_ALERT = "LlmSloNoData";
    static final String NO_DATA_FOR = "5m";

    private static final Duration BASE_WINDOW = Duration.ofMinutes(5);

    private final Objective objective;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();

    private ObjectiveRules(Objective objective) {
        this.objective = objective;
        labels.put("slo", objective.name());
        labels.putAll(objective.labels());
    }

    static RuleGroup group(Objective objective) {
        ObjectiveRules generator = new ObjectiveRules(objective);
        generator.windows().forEach(generator::recordWindow);
        generator.recordPeriod();
        severities(objective).forEach(generator::alert);
        generator.alertOnAbsence();
        return new RuleGroup("llm-slo-" + objective.name(), Durations.format(INTERVAL), generator.rules);
    }

    static Set<String> severities(Objective objective) {
        return objective.alerts().tiers().stream()
                .map(AlertTier::severity)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<Duration> windows() {
        Set<Duration> windows = new TreeSet<>(List.of(BASE_WINDOW));
        for (AlertTier tier : objective.alerts().tiers()) {
            windows.add(tier.longWindow());
            windows.add(tier.shortWindow());
        }
        return windows;
    }

    private void recordWindow(Duration window) {
        String range = Durations.format(window);
        record("llm_slo:events:rate" + range, EventQueries.total(objective, range));
        record("llm_slo:bad:rate" + range, EventQueries.bad(objective, range));
        record(
                "llm_slo:error_ratio:rate" + range,
                series("bad:rate" + range) + " / (" + series("events:rate" + range) + " > 0)");
    }

    private void recordPeriod() {
        record("llm_slo:measured", series("events:rate5m") + " > bool 0");
        if (!(objective.window() instanceof SloWindow.Rolling rolling)) {
            return; // PromQL knows no zone; the reader computes calendar windows from their start.
        }
        String period = Durations.format(rolling.length());
        record(
                "llm_slo:error_ratio:" + period,
                "sum_over_time(" + series("bad:rate5m") + "[" + period + "]) / (sum_over_time("
                        + series("events:rate5m") + "[" + period + "]) > 0)");
        record(
                "llm_slo:budget_remaining:" + period,
                "1 - " + series("error_ratio:" + period) + " / "
                        + plain(objective.budget().ratio()));
        long samples = rolling.length().toMinutes() / INTERVAL.toMinutes();
        record(
                "llm_slo:coverage:" + period,
                "clamp_max(sum_over_time(" + series("measured") + "[" + period + "]) / " + samples + ", 1)");
    }

    private void alert(String severity) {
        String expression = objective.alerts().tiers().stream()
                .filter(tier -> tier.severity().equals(severity))
                .map(this::tier)
                .collect(Collectors.joining("\nor\n"));
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", escaped(objective.displayName()) + " burns its error budget too fast");
        annotations.put("description", describe(severity));
        objective.annotations().forEach((key, text) -> annotations.put(annotationName(key), escaped(text)));
        // The series carry the objective's name already; here it keeps the alerts of several objectives apart.
        Map<String, String> alertLabels = Map.of("severity", severity, "slo", objective.name());
        rules.add(Rule.alert(BURN_ALERT, expression, "", alertLabels, annotations));
    }

    private String describe(String severity) {
        String tiers = objective.alerts().tiers().stream()
                .filter(tier -> tier.severity().equals(severity))
                .map(tier -> "over " + threshold(tier) + " bad in " + Durations.format(tier.longWindow()) + " and "
                        + Durations.format(tier.shortWindow()))
                .collect(Collectors.joining(", or "));
        return "{{ $value | humanizePercentage }} of events were bad. Promised: at least " + plain(objective.target())
                + " of \"" + escaped(objective.indicator().describe()) + "\" over " + objective.window()
                + "; this fires "
                + tiers + ".";
    }

    private String tier(AlertTier tier) {
        String longRange = Durations.format(tier.longWindow());
        String shortRange = Durations.format(tier.shortWindow());
        String threshold = threshold(tier);
        String burning = "(" + series("error_ratio:rate" + longRange) + " > " + threshold + ")\nand ("
                + series("error_ratio:rate" + shortRange) + " > " + threshold + ")";
        LowTrafficGuard guard = objective.alerts().guard();
        if (guard.minimumBadEvents() == 0) {
            return "(\n" + burning.indent(2) + ")";
        }
        // rate() extrapolates a little, so half an event less is asked for.
        BigDecimal floor = BigDecimal.valueOf(guard.minimumBadEvents()).subtract(new BigDecimal("0.5"));
        String enough = "\nand (" + series("bad:rate" + longRange) + " * "
                + tier.longWindow().toSeconds() + " > " + plain(floor) + ")";
        return "(\n" + (burning + enough).indent(2) + ")";
    }

    private String threshold(AlertTier tier) {
        return Numbers.shortest(objective.budget().threshold(tier.factor()));
    }

    private void alertOnAbsence() {
        String watched = objective.source() instanceof MetricSource.SloCounters
                ? EventQueries.presence(objective.name())
                : series("events:rate5m");
        rules.add(Rule.alert(
                NO_DATA_ALERT,
                "absent(" + watched + ")",
                NO_DATA_FOR,
                Map.of("severity", AlertTier.TICKET, "slo", objective.name()),
                Map.of(
                        "summary",
                        "Nobody measures " + escaped(objective.displayName()),
                        "description",
                        "Its events have been absent for " + NO_DATA_FOR + ", and silence is not health.")));
    }

    private void record(String name, String expression) {
        rules.add(Rule.record(name, expression, labels));
    }

    private String series(String name) {
        return "llm_slo:" + name + "{" + EventQueries.slo(objective.name()) + "}";
    }

    static List<String> groupLabels(Objective objective) {
        return objective.groupBy().stream().map(Dimension::label).toList();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    static String annotationName(String key) {
        String name = key.replaceAll("[^a-zA-Z0-9_]", "_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    /** Keeps text of one's own from being taken for a template. */
    static String escaped(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }
}
