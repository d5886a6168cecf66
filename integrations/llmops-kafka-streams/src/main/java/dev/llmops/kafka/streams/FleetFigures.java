package dev.llmops.kafka.streams;

import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.release.GateDecision;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes the published figures of the totals of the fleet, by the code that judges one instance. */
final class FleetFigures {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final FleetPlan plan;

    FleetFigures(FleetPlan plan) {
        this.plan = plan;
    }

    /** The figures that the changed totals touch, as JSON by key. */
    Map<String, String> of(NavigableMap<String, String> fleet, Set<String> changed, Instant now) {
        Map<String, String> figures = new TreeMap<>();
        for (String name : changed) {
            TotalName total = TotalName.of(name);
            if (total.kind().equals(TotalKind.COST)) {
                figures.computeIfAbsent("cost/" + day(total), key -> cost(fleet, total));
            } else if (total.kind().equals(TotalKind.EVIDENCE)) {
                gate(total.rest(), fleet.get(name), now, figures);
            } else if (total.kind().equals(TotalKind.LATENCY)) {
                figures.computeIfAbsent("latency/" + total.time(), key -> latency(fleet, total));
            } else if (total.kind().equals(TotalKind.SKIPPED)) {
                figures.computeIfAbsent("skipped", key -> skipped(fleet));
            }
        }
        if (!plan.objectives().isEmpty()) {
            figures.put("slo", StatusJson.write(statuses(fleet, now)));
        }
        FleetPlan.Drift drift = plan.drift();
        if (drift != null) {
            drift(drift.monitor(), fleet, now, figures);
        }
        return figures;
    }

    private static <T> void each(
            NavigableMap<String, String> fleet, TotalKind<T> kind, BiConsumer<TotalName, T> taker) {
        String from = kind.word() + "/";
        fleet.subMap(from, true, kind.word() + "0", false) // '0' follows '/'
                .forEach((name, total) ->
                        taker.accept(TotalName.of(name), kind.read().apply(total)));
    }

    List<SloStatus> statuses(NavigableMap<String, String> fleet, Instant now) {
        Map<String, NavigableMap<Instant, EventCounts>> minutes = new HashMap<>();
        each(
                fleet,
                TotalKind.EVENTS,
                (name, events) -> minutes.computeIfAbsent(name.rest(), n -> new TreeMap<>())
                        .put(name.time(), events));
        return plan.objectives().stream()
                .map(objective -> status(objective, minutes.getOrDefault(objective.name(), new TreeMap<>()), now))
                .toList();
    }

    private static SloStatus status(Objective objective, NavigableMap<Instant, EventCounts> minutes, Instant now) {
        Instant end = CallShard.name(TotalKind.EVENTS, now.minus(objective.evaluationDelay()), "")
                .time();
        Map<Duration, Counts> windows = new HashMap<>();
        for (Duration window : Measurement.windowsOf(objective)) {
            windows.put(window, between(minutes, end.minus(window), end));
        }
        Counts period = between(minutes, objective.window().startAt(end), end);
        return SloStatus.of(
                objective,
                new Measurement(
                        Map.of(),
                        Measurement.View.FLEET,
                        Replicas.UNKNOWN,
                        end,
                        period,
                        1,
                        windows,
                        List.of(),
                        List.of()));
    }

    /** The events of (from, to], added up as whole numbers. */
    private static Counts between(NavigableMap<Instant, EventCounts> minutes, Instant from, Instant to) {
        return minutes.subMap(from, false, to, true).values().stream()
                .reduce(EventCounts.NONE, EventCounts::plus)
                .counts();
    }

    private static String day(TotalName total) {
        return total.time().toString().substring(0, "2026-01-01".length());
    }

    private String cost(NavigableMap<String, String> fleet, TotalName day) {
        List<Map<String, Object>> accounts = new ArrayList<>();
        AccountTotals[] sum = {AccountTotals.NONE};
        each(fleet, TotalKind.COST, (name, totals) -> {
            if (name.minute() == day.minute()) {
                accounts.add(
                        Map.of("values", Arrays.asList(name.rest().split(CallShard.SEPARATOR, -1)), "totals", totals));
                sum[0] = sum[0].plus(totals);
            }
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", day(day));
        json.put("dimensions", plan.costBy());
        json.put("total", sum[0]);
        json.put("accounts", plan.costBy().isEmpty() ? List.of() : accounts);
        return MAPPER.writeValueAsString(json);
    }

    private void gate(String change, @Nullable String evidenceJson, Instant now, Map<String, String> figures) {
        FleetPlan.Release release = plan.releases().get(change);
        if (release == null || evidenceJson == null) {
            return; // A release that is judged no more.
        }
        GateEvidence evidence = GateEvidence.fromJson(evidenceJson);
        GateDecision decision = ReleaseGate.judge(
                release.policy(), evidence, release.situation().apply(now));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("change_id", change);
        json.put("at", now.toString());
        json.put("stage", decision.stage());
        json.put("verdict", decision.verdict());
        json.put("explanation", decision.explain());
        json.put("evidence", MAPPER.readTree(evidenceJson));
        figures.put("gate/" + change, MAPPER.writeValueAsString(json));
    }

    /** Judges the windows that are over, in their order, as an instance that saw all calls would have. */
    private static void drift(
            DriftMonitor monitor, NavigableMap<String, String> fleet, Instant now, Map<String, String> figures) {
        each(fleet, TotalKind.DRIFT, (name, window) -> {
            if (!window.to().isAfter(now)) {
                figures.put("drift", drift(monitor.judge(window), window));
            }
        });
    }

    private static String drift(DriftReport report, DriftWindow window) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", report.from().toString());
        json.put("to", report.to().toString());
        json.put("verdict", report.verdict());
        json.put("alerts", report.alerts());
        json.put("other_version_sets", report.otherVersionSets());
        json.put("counts", new TreeMap<>(window.counts()));
        json.put("findings", report.findings());
        return MAPPER.writeValueAsString(json);
    }

    private static String latency(NavigableMap<String, String> fleet, TotalName hour) {
        Map<String, Object> json = new TreeMap<>();
        each(fleet, TotalKind.LATENCY, (name, histogram) -> {
            if (name.minute() == hour.minute()) {
                json.put(name.rest(), Latencies.figures(histogram));
            }
        });
        return MAPPER.writeValueAsString(json);
    }

    private static String skipped(NavigableMap<String, String> fleet) {
        Map<String, Long> skipped = new TreeMap<>();
        each(fleet, TotalKind.SKIPPED, (name, events) -> skipped.put(name.rest(), events.events()));
        return MAPPER.writeValueAsString(skipped);
    }
}
