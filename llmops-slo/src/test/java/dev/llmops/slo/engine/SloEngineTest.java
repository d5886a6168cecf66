package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.CallFilter;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveBuilder;
import dev.llmops.slo.alert.AlertHistory;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SloEngineTest {

    private final FakeTicker time = new FakeTicker();
    private final List<AlertListener.Change> changes = new ArrayList<>();
    private final Telemetry telemetry = new Telemetry();

    private SloEngine engine(Objective... objectives) {
        return engine(ObjectiveSet.of(objectives));
    }

    private SloEngine engine(ObjectiveSet set) {
        SloEngine engine = SloEngine.builder()
                .objectives(set)
                .alertListener(changes::add)
                .clock(time.clock())
                .ticker(time)
                .evaluateEvery(Duration.ZERO)
                .build();
        engine.useTelemetry(telemetry);
        return engine;
    }

    @Test
    void the_call_of_a_judge_counts_for_no_objective() {
        SloEngine engine = engine(availability(0.99).build());

        engine.record(
                Calls.record(Calls.info(time.clock().instant()).purpose("judge").build(), Outcome.FAILED, Duration.ZERO)
                        .error(CallError.of(ErrorKind.OVERLOADED))
                        .build());
        engine.record(Calls.completed(time.clock().instant()));

        assertThat(engine.statuses().get(0).counts()).isEqualTo(new Counts(0, 1));
    }

    private static ObjectiveBuilder availability(double target) {
        return Objective.builder("availability")
                .indicator(Indicator.availability())
                .target(target);
    }

    private Instant now() {
        return time.clock().instant();
    }

    private void traffic(SloEngine engine, int minutes, int good, int bad) {
        for (int minute = 0; minute < minutes; minute++) {
            time.advance(Duration.ofMinutes(1));
            for (int i = 0; i < good; i++) {
                engine.record(Calls.completed(now()));
            }
            for (int i = 0; i < bad; i++) {
                engine.record(Calls.failed(now(), ErrorKind.OVERLOADED));
            }
            engine.evaluate();
        }
    }

    @Test
    void withoutEvents_nothingIsHealthy() {
        SloStatus status = engine(availability(0.999).build()).statuses().get(0);
        assertThat(status.state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        assertThat(status.coverage()).isZero();
        assertThat(status.budgetRemaining()).isEmpty();
        assertThat(status.reason())
                .isEqualTo(
                        "no event was measured, and silence is not health; 0 % of the 30d window was measured, by this"
                                + " instance alone, whose share of the fleet is unknown");
    }

    @Test
    void callsOfAnApplication_areCounted() {
        SloEngine engine = engine(availability(0.9).build());
        try (LlmOps llmops = LlmOps.builder()
                .listener(engine)
                .clock(time.clock())
                .ticker(time)
                .build()) {
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish("stop");
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().fail(new IllegalStateException("broken"));
        }
        assertThat(engine.statuses().get(0).counts()).isEqualTo(new Counts(1, 2));
    }

    @Test
    void metOnlyWithEnoughEventsToSaySo() {
        SloEngine engine = engine(availability(0.95).build());
        traffic(engine, 58, 1, 0);
        assertThat(engine.statuses().get(0).state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        traffic(engine, 1, 1, 0);
        assertThat(engine.statuses().get(0).state()).isEqualTo(SloStatus.State.MET);
    }

    @Test
    void breachedAsSoonAsItIsCertain_andTheBudgetGoesBelowZero() {
        SloEngine engine = engine(availability(0.9).build());
        traffic(engine, 1, 70, 30);
        SloStatus status = engine.statuses().get(0);
        assertThat(status.state()).isEqualTo(SloStatus.State.BREACHED);
        assertThat(status.errorRatio()).hasValue(0.3);
        assertThat(status.budgetRemaining().orElseThrow()).isCloseTo(-2, within(1e-12));
        assertThat(status.timeToExhaustion()).contains(Duration.ZERO);
        assertThat(status.reason())
                .startsWith(
                        "30 of 100 events were bad (30 %), and the 95 % lower bound of 22.49 % lies over the budget of"
                                + " 10 %; the budget is overspent by 200 %");
    }

    @Test
    void budgetLastsAsLongAsTheBurnRateSays() {
        SloEngine engine = engine(availability(0.9).build());
        traffic(engine, 60, 95, 5);
        SloStatus status = engine.statuses().get(0);
        assertThat(status.budgetRemaining().orElseThrow()).isCloseTo(0.5, within(1e-12));
        assertThat(status.timeToExhaustion()).contains(Duration.ofDays(30));
    }

    @Test
    void windowsForgetWhatIsOlder() {
        SloEngine engine = engine(availability(0.999).build());
        traffic(engine, 5, 0, 10);
        traffic(engine, 5, 10, 0);
        SloStatus status = engine.statuses().get(0);
        assertThat(burn(status, Duration.ofMinutes(5)).counts()).isEqualTo(new Counts(0, 50));
        assertThat(burn(status, Duration.ofMinutes(30)).counts()).isEqualTo(new Counts(50, 100));
    }

    private static TierVerdict.Burn burn(SloStatus status, Duration window) {
        return status.burnRates().stream()
                .filter(burn -> burn.window().equals(window))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void incident_pages_resolves_andIsRemembered() {
        SloEngine engine = engine(availability(0.999).build());
        traffic(engine, 60, 100, 0);
        traffic(engine, 10, 80, 20);
        traffic(engine, 60, 100, 0);
        assertThat(changes.stream()
                        .filter(change -> change.incident().severity().equals("page")))
                .extracting(AlertListener.Change::kind)
                .containsExactly(AlertListener.Change.Kind.FIRING, AlertListener.Change.Kind.RESOLVED);
        Incident page =
                engine.history("availability").ofSeverity("page").incidents().get(0);
        assertThat(page.onset()).isEqualTo(FakeTicker.START.plus(Duration.ofMinutes(60)));
        assertThat(page.timeToDetect()).isEqualTo(Duration.ofMinutes(3));
        assertThat(page.budgetSpent()).isGreaterThan(1);
    }

    @Test
    void everyAlertExplainsItself() {
        SloEngine engine = engine(availability(0.999).build());
        traffic(engine, 60, 100, 0);
        traffic(engine, 5, 80, 20);
        assertThat(changes.get(0).reason())
                .startsWith(
                        "ticket fires: both windows are over the threshold 0.1 % (×1); 3d: 20 of 6,100 bad (0.3279 %),"
                                + " 6h: 20 of 6,100 bad (0.3279 %); 20 of 6,100 events were bad (0.3279 %)");
    }

    @Test
    void oneFailureAtNight_isHeldBack_andTwoAreNot() {
        SloEngine engine = engine(availability(0.999).build());
        traffic(engine, 50, 0, 0);
        for (int i = 0; i < 9; i++) {
            traffic(engine, 1, 1, 0);
        }
        traffic(engine, 1, 0, 1);
        assertThat(engine.statuses().get(0).alertState("page")).isEqualTo(TierVerdict.State.HELD);
        assertThat(changes).isEmpty();
        traffic(engine, 1, 0, 1);
        assertThat(engine.statuses().get(0).alertState("page")).isEqualTo(TierVerdict.State.FIRING);
    }

    @Test
    void silenceNeitherEndsAnIncidentNorBeginsOne() {
        SloEngine engine = engine(availability(0.999)
                .alerts(AlertPolicy.of(AlertTier.of("page", Duration.ofHours(1), Duration.ofMinutes(5), 14.4)))
                .build());
        traffic(engine, 10, 0, 100);
        traffic(engine, 20, 0, 0);
        traffic(engine, 1, 0, 100);
        traffic(engine, 6, 100, 0);
        assertThat(changes)
                .extracting(AlertListener.Change::kind)
                .containsExactly(
                        AlertListener.Change.Kind.FIRING,
                        AlertListener.Change.Kind.NO_DATA,
                        AlertListener.Change.Kind.FIRING,
                        AlertListener.Change.Kind.RESOLVED);
        assertThat(engine.history("availability").incidents()).hasSize(1);
    }

    @Test
    void filterNarrowsAndGroupsSplit() {
        SloEngine engine = engine(availability(0.9)
                .filter(CallFilter.ALL.and(Dimension.PROVIDER, "openai"))
                .groupBy(Dimension.MODEL)
                .groupLimit(2)
                .build());
        for (String model : List.of("a", "b", "c", "d", "a")) {
            engine.record(Calls.record(Calls.info(now(), model).build(), Outcome.COMPLETED, Duration.ZERO)
                    .build());
        }
        assertThat(engine.statuses())
                .extracting(SloStatus::group, status -> status.counts().total())
                .containsExactly(
                        tuple(Map.of(Dimension.MODEL, "a"), 2.0),
                        tuple(Map.of(Dimension.MODEL, "b"), 1.0),
                        tuple(Map.of(Dimension.MODEL, "other"), 2.0));
        assertThat(telemetry.values(Telemetry.Kind.LABEL_OVERFLOW)).containsEntry("slo.availability", 2L);
    }

    @Test
    void lateScore_countsInTheMinuteOfItsCall_andTheDelayWaitsForIt() {
        SloEngine engine = engine(Objective.builder("faithful")
                .indicator(Indicator.score("faithfulness", 0.8))
                .target(0.95)
                .evaluationDelay(Duration.ofMinutes(15))
                .build());
        CallInfo call = Calls.info(now()).build();
        time.advance(Duration.ofMinutes(10));
        engine.eventOccurred(Calls.score(call, now(), "faithfulness", 0.5));
        assertThat(engine.statuses().get(0).counts()).isEqualTo(Counts.NONE);
        time.advance(Duration.ofMinutes(5));
        SloStatus status = engine.statuses().get(0);
        assertThat(status.counts()).isEqualTo(new Counts(1, 1));
        assertThat(burn(status, Duration.ofMinutes(30)).counts()).isEqualTo(new Counts(1, 1));
        assertThat(status.at()).isEqualTo(FakeTicker.START);
    }

    @Test
    void secondScoreOfACall_isDroppedAndCounted() {
        SloEngine engine = engine(Objective.builder("faithful")
                .indicator(Indicator.score("faithfulness", 0.8))
                .target(0.95)
                .build());
        CallInfo call = Calls.info(now()).build();
        engine.eventOccurred(Calls.score(call, now(), "faithfulness", 0.9));
        engine.eventOccurred(Calls.score(call, now(), "faithfulness", 0.1));
        assertThat(engine.statuses().get(0).counts()).isEqualTo(new Counts(0, 1));
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.second_score")).isEqualTo(1);
    }

    @Test
    void meanOfScores_spendsTheBudgetByWhatEachLacks() {
        SloEngine engine = engine(Objective.builder("mean")
                .indicator(Indicator.meanScore("faithfulness"))
                .target(0.9)
                .build());
        for (double score : new double[] {1, 0.9, 0.8}) {
            engine.eventOccurred(Calls.score(Calls.info(now()).build(), now(), "faithfulness", score));
        }
        engine.eventOccurred(Calls.score(Calls.info(now()).build(), now(), "faithfulness", 1.2));
        SloStatus status = engine.statuses().get(0);
        assertThat(status.counts().bad()).isCloseTo(0.3, within(1e-9));
        assertThat(status.counts().total()).isEqualTo(3);
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.score_range")).isEqualTo(1);
    }

    @Test
    void verdictCountersAreThereFromTheStart_atZero() {
        SloEngine engine = engine(
                new ObjectiveSet(List.of(availability(0.9).build()), List.of(EventRule.never("no-leak", "leak"))));
        List<VerdictCounter> bound = new ArrayList<>();
        engine.onVerdictCounter(bound::add);
        assertThat(bound).extracting(VerdictCounter::slo).containsExactly("availability", "no-leak");
        assertThat(bound)
                .allSatisfy(
                        counter -> assertThat(counter.good() + counter.bad()).isZero());
        engine.record(Calls.completed(now()));
        engine.record(Calls.failed(now(), ErrorKind.OVERLOADED));
        assertThat(bound.get(0).good()).isEqualTo(1);
        assertThat(bound.get(0).bad()).isEqualTo(1);
    }

    @Test
    void counterOfANewGroup_isAnnounced() {
        SloEngine engine = engine(availability(0.9).groupBy(Dimension.MODEL).build());
        List<VerdictCounter> bound = new ArrayList<>();
        engine.onVerdictCounter(bound::add);
        assertThat(bound).isEmpty();
        engine.record(Calls.completed(now()));
        assertThat(bound).singleElement().satisfies(counter -> {
            assertThat(counter.group()).isEqualTo(Map.of(Dimension.MODEL, "gpt-4o"));
            assertThat(counter.good()).isEqualTo(1);
        });
    }

    @Test
    void reportedEvents_areCounted_andUnknownObjectivesDropped() {
        SloEngine engine = engine(Objective.builder("jobs")
                .indicator(Indicator.reported())
                .target(0.9)
                .build());
        engine.report("jobs", now(), true);
        engine.report("jobs", now(), false);
        engine.report("nobody", now(), true);
        assertThat(engine.statuses("jobs").get(0).counts()).isEqualTo(new Counts(1, 2));
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.unknown_objective"))
                .isEqualTo(1);
    }

    @Test
    void listenerThatThrows_isCounted_andKeepsNobodyFromBeingTold() {
        SloEngine engine = SloEngine.builder()
                .objective(availability(0.999).build())
                .alertListener(change -> {
                    throw new IllegalStateException("broken");
                })
                .alertListener(changes::add)
                .clock(time.clock())
                .evaluateEvery(Duration.ZERO)
                .build();
        engine.useTelemetry(telemetry);
        traffic(engine, 2, 0, 100);
        assertThat(changes).isNotEmpty();
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "slo.alert_listener"))
                .isEqualTo(changes.size());
    }

    @Test
    void precisionIsWhatPeopleSay() {
        SloEngine engine = engine(availability(0.999).build());
        traffic(engine, 2, 0, 100);
        AlertHistory history = engine.history("availability");
        assertThat(history.precision()).isEmpty();
        assertThat(engine.judge(history.incidents().get(0).id(), true)).isTrue();
        assertThat(engine.judge(history.incidents().get(1).id(), false)).isTrue();
        assertThat(engine.judge("unknown", true)).isFalse();
        assertThat(engine.history("availability").precision()).hasValue(0.5);
    }

    @Test
    void unusableObjectives_areRefusedAllAtOnce() {
        Objective dead = availability(0.9)
                .alerts(AlertPolicy.of(AlertTier.of("page", Duration.ofHours(1), Duration.ofMinutes(5), 14.4)))
                .build();
        assertThatThrownBy(() -> engine(dead, availability(1).build()))
                .isInstanceOf(InvalidObjectivesException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("availability: THRESHOLD_UNREACHABLE: tier page 1h/5m ×14.4 asks for over 144 %")
                .hasMessageContaining("availability: OBJECTIVE_100")
                .hasMessageContaining("availability: DUPLICATE_NAME");
    }
}
