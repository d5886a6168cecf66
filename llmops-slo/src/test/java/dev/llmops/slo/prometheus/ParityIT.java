package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveSet;
import dev.llmops.slo.PlainEvaluator;
import dev.llmops.slo.SloEngine;
import dev.llmops.slo.SloStatus;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.TierVerdict;
import dev.llmops.slo.WindowBurn;
import dev.llmops.slo.internal.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One trace of events, judged in four places: the engine, a real Prometheus under the generated rules, the reader, and a
 * plain evaluator. Samples are a minute apart and aligned. On Prometheus 2 counts, statuses and alerts agree exactly, to
 * the minute; Prometheus 3 leaves the oldest sample out of a range and extrapolates, so there alerts and statuses are
 * compared where they hold for three minutes in a row. The recorded period smooths over five minutes and may be off by
 * the events of as many.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityIT {

    private static final Instant START = Instant.parse("2024-06-01T00:00:00Z");
    private static final int MINUTES = 3 * 24 * 60;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<String> INSTANCES = List.of("a", "b", "c");

    private Path folder;

    private final ObjectiveSet objectives = ObjectiveSet.of(
            Objective.builder("month")
                    .indicator(Indicator.reported())
                    .target(0.999)
                    .build(),
            Objective.builder("quality")
                    .indicator(Indicator.reported())
                    .target(0.95)
                    .window(SloWindow.rolling(Duration.ofDays(2)))
                    .build());

    private final Map<Instant, Map<String, SloStatus>> engineSaid = new TreeMap<>();
    private final PlainEvaluator plain = new PlainEvaluator();
    private PrometheusServer server;
    private PrometheusReader reader;
    private JsonNode rules;
    private boolean exact;

    @BeforeAll
    void replay(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path data = Files.createDirectories(folder.resolve("data"));
        Path metrics = folder.resolve("metrics.txt");
        Files.writeString(metrics, runTrace());
        Tools.run(folder, "promtool", "tsdb", "create-blocks-from", "openmetrics", metrics.toString(), data.toString());
        rules = Yaml.readAll(PrometheusRules.yaml(objectives)).get(0);
        server = PrometheusServer.start(folder, data, "{}");
        // What rests on other records waits for the next round.
        backfill(data, "rates", name -> name.startsWith("llm_slo:events:") || name.startsWith("llm_slo:bad:"));
        backfill(data, "ratios", name -> name.startsWith("llm_slo:error_ratio:") || name.equals("llm_slo:measured"));
        backfill(
                data,
                "rest",
                name -> name.startsWith("llm_slo:budget_remaining:") || name.startsWith("llm_slo:coverage:"));
        reader = PrometheusReader.builder(server.address())
                .timeout(Duration.ofMinutes(1))
                .build();
        exact = server.majorVersion() < 3;
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    /** Feeds the engine and the plain evaluator, remembers what the engine says each minute, and returns the counters. */
    private String runTrace() {
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

    /** Evaluates recording rules at every whole minute, and gives the server their samples. */
    private void backfill(Path data, String name, Predicate<String> wanted) throws Exception {
        StringBuilder metrics = new StringBuilder();
        for (JsonNode group : rules.get("groups").values()) {
            for (JsonNode rule : group.get("rules").values()) {
                if (wanted.test(rule.path("record").asString(""))) {
                    metrics.append(recorded(rule));
                }
            }
        }
        Path file = folder.resolve(name + ".txt");
        Files.writeString(file, metrics.append("# EOF\n"));
        server.close();
        Tools.run(folder, "promtool", "tsdb", "create-blocks-from", "openmetrics", file.toString(), data.toString());
        server = PrometheusServer.start(folder, data, "{}");
    }

    private String recorded(JsonNode rule) throws Exception {
        StringBuilder labels = new StringBuilder();
        rule.get("labels")
                .properties()
                .forEach(label -> labels.append(labels.length() == 0 ? "" : ",")
                        .append(label.getKey())
                        .append("=\"")
                        .append(label.getValue().asString())
                        .append('"'));
        String name = rule.get("record").asString() + "{" + labels + "}";
        StringBuilder lines = new StringBuilder();
        for (JsonNode series :
                server.range(rule.get("expr").asString(), START, START.plus(MINUTE.multipliedBy(MINUTES)))) {
            for (JsonNode sample : series.get("values").values()) {
                lines.append(name)
                        .append(' ')
                        .append(sample.get(1).asString())
                        .append(' ')
                        .append(sample.get(0).asLong())
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private List<Instant> probes() {
        List<Instant> probes = new ArrayList<>();
        for (int minute = 7; minute < MINUTES; minute += 97) {
            probes.add(START.plus(MINUTE.multipliedBy(minute)));
        }
        for (int edge : new int[] {601, 602, 603, 605, 612, 615, 617, 618, 1400, 1865, 2405, 2430, 2700, 2730}) {
            probes.add(START.plus(MINUTE.multipliedBy(edge)));
        }
        return probes;
    }

    @Test
    void engineAndPlainEvaluator_agreeToTheEvent() {
        for (Instant at : probes()) {
            for (SloStatus status : engineSaid.get(at).values()) {
                Objective objective = status.objective();
                PlainEvaluator.Window window =
                        plain.window(at, objective.window().nominalLength());
                assertThat(status.counts().bad()).isEqualTo(window.bad());
                assertThat(status.counts().total()).isEqualTo(window.total());
                assertThat(status.state())
                        .isEqualTo(plain.state(at, objective.window().nominalLength(), objective.target()));
                for (TierVerdict verdict : status.tiers()) {
                    assertThat(verdict.state())
                            .as("%s at %s", verdict, at)
                            .isEqualTo(plain.tier(
                                    at,
                                    verdict.tier(),
                                    objective.target(),
                                    objective.alerts().guard()));
                }
            }
        }
    }

    @Test
    void readerSaysWhatTheEngineSays() {
        for (Instant at : probes()) {
            for (SloStatus fleet : reader.read(objectives, at)) {
                SloStatus engine = engineSaid.get(at).get(fleet.objective().name());
                assertThat(fleet.notes()).isEmpty();
                if (exact) {
                    assertThat(fleet.counts()).as("%s at %s", fleet, at).isEqualTo(engine.counts());
                    assertThat(fleet.burnRates()).isEqualTo(engine.burnRates());
                    assertThat(fleet.tiers()).isEqualTo(engine.tiers());
                    assertThat(fleet.budgetRemaining()).isEqualTo(engine.budgetRemaining());
                    assertThat(fleet.timeToExhaustion()).isEqualTo(engine.timeToExhaustion());
                    assertThat(fleet.coverage())
                            .isCloseTo(
                                    engine.coverage(),
                                    within(2.0
                                            / fleet.objective()
                                                    .window()
                                                    .nominalLength()
                                                    .toMinutes()));
                }
                if (isStable(at, status -> status.state())) {
                    assertThat(fleet.state()).as("%s at %s", fleet, at).isEqualTo(engine.state());
                }
                for (AlertTier tier : fleet.objective().alerts().tiers()) {
                    if (isStable(at, status -> state(status, tier))) {
                        assertThat(state(fleet, tier))
                                .as("%s of %s at %s", tier, fleet, at)
                                .isEqualTo(state(engine, tier));
                    }
                }
            }
        }
    }

    private static TierVerdict.State state(SloStatus status, AlertTier tier) {
        return status.tiers().stream()
                .filter(verdict -> verdict.tier().equals(tier))
                .map(TierVerdict::state)
                .findFirst()
                .orElse(TierVerdict.State.NO_DATA);
    }

    private boolean isStable(Instant at, Function<SloStatus, Object> figure) {
        return engineSaid.get(at).keySet().stream().allMatch(name -> {
            Object now = figure.apply(engineSaid.get(at).get(name));
            return now.equals(figure.apply(engineSaid.get(at.minus(MINUTE)).get(name)))
                    && now.equals(figure.apply(engineSaid.get(at.plus(MINUTE)).get(name)));
        });
    }

    @Test
    void generatedAlerts_fireWhenTheEngineFires_orHoldsBackForItsBoundAlone() throws Exception {
        int fired = 0;
        for (JsonNode group : rules.get("groups").values()) {
            String name = group.get("name").asString().replaceFirst("llm-slo-", "");
            for (JsonNode rule : group.get("rules").values()) {
                if (rule.path("alert").asString("").equals("LlmSloBurn")) {
                    String severity = rule.get("labels").get("severity").asString();
                    for (Instant at : probes()) {
                        boolean firing =
                                !server.query(rule.get("expr").asString(), at).isEmpty();
                        fired += firing ? 1 : 0;
                        if (exact || isStable(at, status -> status.alertState(severity))) {
                            assertThat(firing)
                                    .as("%s %s at %s", name, severity, at)
                                    .isEqualTo(firesByFloor(engineSaid.get(at).get(name), severity));
                        }
                    }
                }
            }
        }
        assertThat(fired).isGreaterThan(20);
    }

    /** What the engine would say if its guard were the floor on bad events alone, as it is in the rules. */
    private static boolean firesByFloor(SloStatus status, String severity) {
        return status.tiers().stream()
                .filter(verdict -> verdict.tier().severity().equals(severity))
                .anyMatch(verdict -> verdict.state() == TierVerdict.State.FIRING
                        || (verdict.state() == TierVerdict.State.HELD
                                && verdict.longBurn().counts().bad()
                                        >= status.objective().alerts().guard().minimumBadEvents()));
    }

    @Test
    void recordedWindows_areTheEnginesWindows() throws IOException, InterruptedException {
        if (!exact) {
            return;
        }
        for (Instant at : probes()) {
            for (SloStatus status : engineSaid.get(at).values()) {
                for (WindowBurn burn : status.burnRates()) {
                    List<Double> recorded = server.query(
                            "last_over_time(llm_slo:error_ratio:rate" + Durations.format(burn.window()) + "{slo=\""
                                    + status.objective().name() + "\"}[59s])",
                            at);
                    if (burn.counts().isEmpty()) {
                        assertThat(recorded).isEmpty();
                    } else {
                        assertThat(recorded)
                                .singleElement()
                                .satisfies(ratio -> assertThat(ratio)
                                        .isCloseTo(burn.counts().errorRatio().orElseThrow(), within(1e-9)));
                    }
                }
            }
        }
    }

    @Test
    void recordedPeriodAndBudget_areTheEngines_upToFiveMinutesOfEvents() throws IOException, InterruptedException {
        for (Instant at : probes()) {
            for (SloStatus status : engineSaid.get(at).values()) {
                Objective objective = status.objective();
                String period = objective.window().toString();
                String slo = "{slo=\"" + objective.name() + "\"}";
                double edges = 2.0 * plain.window(at, Duration.ofMinutes(6)).total()
                        + 2.0
                                * plain.window(at.minus(objective.window().nominalLength()), Duration.ofMinutes(6))
                                        .total();
                double tolerance = edges / status.counts().total() + 1e-9;
                assertThat(server.query("llm_slo:error_ratio:" + period + slo, at))
                        .singleElement()
                        .satisfies(ratio ->
                                assertThat(ratio).isCloseTo(status.errorRatio().orElseThrow(), within(tolerance)));
                double budget = objective.budget().ratio().doubleValue();
                assertThat(server.query("llm_slo:budget_remaining:" + period + slo, at))
                        .singleElement()
                        .satisfies(left -> assertThat(left)
                                .isCloseTo(status.budgetRemaining().orElseThrow(), within(tolerance / budget)));
                assertThat(server.query("llm_slo:coverage:" + period + slo, at))
                        .singleElement()
                        .satisfies(share -> assertThat(share).isCloseTo(status.coverage(), within(0.001)));
            }
        }
    }

    @Test
    void coverageWithoutRecordedSeries_isComputed() {
        Instant at = START.plus(Duration.ofDays(2));
        Objective unrecorded = Objective.builder("month")
                .indicator(Indicator.reported())
                .target(0.999)
                .window(SloWindow.rolling(Duration.ofHours(4)))
                .build();
        assertThat(reader.read(unrecorded, at).get(0).coverage())
                .isCloseTo(plain.coverage(at, Duration.ofHours(4)), within(0.02));
    }

    @Test
    void calendarWindow_isReadFromItsStart() {
        Objective daily = Objective.builder("month")
                .indicator(Indicator.reported())
                .target(0.999)
                .window(SloWindow.calendarDay(ZoneOffset.UTC))
                .build();
        Instant at = START.plus(Duration.ofHours(36));
        PlainEvaluator.Window window = plain.window(at, Duration.ofHours(12));
        SloStatus status = reader.read(daily, at).get(0);
        if (exact) {
            assertThat(status.counts().total()).isEqualTo(window.total());
            assertThat(status.counts().bad()).isEqualTo(window.bad());
        }
    }
}
