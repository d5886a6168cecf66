package dev.llmops.slo.prometheus;

import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.engine.PlainEvaluator;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.SloStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** Three days of events: what the engine says of them minute by minute, a plain evaluator, and counters for Prometheus. */
final class ParityTrace {

    static final Instant START = Instant.parse("2024-06-01T00:00:00Z");
    static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MINUTES = 3 * 24 * 60;
    static final Instant END = START.plus(MINUTE.multipliedBy(MINUTES));
    private static final List<String> INSTANCES = List.of("a", "b", "c");

    final ObjectiveSet objectives = ObjectiveSet.of(
            Objective.builder("month")
                    .indicator(Indicator.reported())
                    .target(0.999)
                    .build(),
            Objective.builder("quality")
                    .indicator(Indicator.reported())
                    .target(0.95)
                    .window(SloWindow.rolling(Duration.ofDays(2)))
                    .build());

    final PlainEvaluator plain = new PlainEvaluator();

    /** The counters of three instances, a sample a minute, as OpenMetrics text. */
    final String counters;

    private final Map<Instant, Map<String, SloStatus>> engineSaid = new TreeMap<>();

    ParityTrace() {
        counters = run();
    }

    /** Feeds the engine and the plain evaluator, remembers what the engine says each minute, and returns the counters. */
    private String run() {
        Instant[] now = {START};
        Clock clock = ((InstantSource) () -> now[0]).withZone(ZoneOffset.UTC);
        SloEngine engine = SloEngine.builder()
                .objectives(objectives)
                .clock(clock)
                .evaluateEvery(Duration.ZERO)
                .build();
        Random random = new Random(20260101);
        Map<String, long[]> counters = new LinkedHashMap<>();
        INSTANCES.forEach(instance -> counters.put(instance, new long[2]));
        StringBuilder metrics = new StringBuilder();
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        for (int minute = 0; minute <= MINUTES; minute++) {
            Instant end = START.plus(MINUTE.multipliedBy(minute));
            now[0] = end;
            if (minute > 0) {
                for (int i = events(minute, random); i > 0; i--) {
                    Instant at = end.minusMillis(random.nextInt(60_000));
                    boolean good = random.nextDouble() >= badShare(minute);
                    objectives.objectives().forEach(objective -> engine.report(objective.name(), at, good));
                    plain.add(at, good);
                    counters.get(INSTANCES.get(random.nextInt(INSTANCES.size())))[good ? 0 : 1]++;
                }
            }
            for (Objective objective : objectives.objectives()) {
                for (String instance : INSTANCES) {
                    for (int verdict = 0; verdict < 2; verdict++) {
                        String name = "llm_slo_events_total{slo=\"" + objective.name() + "\",verdict=\""
                                + (verdict == 0 ? "good" : "bad") + "\",instance=\"" + instance + "\"}";
                        lines.computeIfAbsent(name, key -> new StringBuilder())
                                .append(name)
                                .append(' ')
                                .append(counters.get(instance)[verdict])
                                .append(' ')
                                .append(end.getEpochSecond())
                                .append('\n');
                    }
                }
            }
            Map<String, SloStatus> said = new LinkedHashMap<>();
            engine.statuses().forEach(status -> said.put(status.objective().name(), status));
            engineSaid.put(end, said);
        }
        metrics.append("# TYPE llm_slo_events counter\n");
        lines.values().forEach(metrics::append);
        return metrics.append("# EOF\n").toString();
    }

    /** Busy days, quiet nights, and two hours without a single event. */
    private static int events(int minute, Random random) {
        int hour = minute / 60 % 24;
        if (minute / 60 == 30 || minute / 60 == 31) {
            return 0;
        }
        return hour < 6 ? random.nextInt(3) / 2 : 5 + random.nextInt(20);
    }

    /** An outage, a slow burn, a night with odd failures, and calm between them. */
    private static double badShare(int minute) {
        if (minute >= 600 && minute < 612) {
            return 1;
        }
        if (minute >= 1000 && minute < 1400) {
            return 0.02;
        }
        if (minute >= 2400 && minute < 2700) {
            return 0.35;
        }
        return minute / 60 % 24 < 6 ? 0.02 : 0.0002;
    }

    /** What the engine said of all objectives. */
    Iterable<SloStatus> statuses(Instant at) {
        return engineSaid.get(at).values();
    }

    /** What the engine said of one objective. */
    SloStatus status(Instant at, String objective) {
        return engineSaid.get(at).get(objective);
    }

    /** Instants to compare at: spread evenly, and around every edge. */
    List<Instant> probes() {
        List<Instant> probes = new ArrayList<>();
        for (int minute = 7; minute < MINUTES; minute += 97) {
            probes.add(START.plus(MINUTE.multipliedBy(minute)));
        }
        for (int edge : new int[] {601, 602, 603, 605, 612, 615, 617, 618, 1400, 1865, 2405, 2430, 2700, 2730}) {
            probes.add(START.plus(MINUTE.multipliedBy(edge)));
        }
        return probes;
    }

    /** Whether a figure of every objective is the same a minute before and after. */
    boolean isStable(Instant at, Function<SloStatus, Object> figure) {
        return engineSaid.get(at).keySet().stream().allMatch(name -> {
            Object now = figure.apply(engineSaid.get(at).get(name));
            return now.equals(figure.apply(engineSaid.get(at.minus(MINUTE)).get(name)))
                    && now.equals(figure.apply(engineSaid.get(at.plus(MINUTE)).get(name)));
        });
    }
}
