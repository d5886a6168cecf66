package dev.llmops.kafka.streams;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogSink;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.DriftPolicy;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.quality.drift.Feature;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.quality.drift.ReferenceRecorder;
import dev.llmops.release.GateSituation;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.evidence.CacheTerms;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.GateRecorder;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Instances of one service in this process, each with a sink of its own, and beside them the listeners that count all calls
 * together: what the fleet's figures must be equal to.
 */
final class Fleet implements AutoCloseable {

    static final Duration DAY = Duration.ofDays(1);
    static final List<Objective> OBJECTIVES = List.of(
            Objective.builder("availability")
                    .indicator(Indicator.availability())
                    .target(0.97)
                    .window(SloWindow.rolling(Duration.ofDays(28)))
                    .build(),
            Objective.builder("first-token")
                    .indicator(Indicator.timeToFirstToken(Duration.ofMillis(3_000)))
                    .target(0.9)
                    .window(SloWindow.rolling(Duration.ofDays(7)))
                    .build(),
            Objective.builder("quality")
                    .indicator(Indicator.meanScore("answer_quality"))
                    .target(0.7)
                    .window(SloWindow.rolling(Duration.ofDays(7)))
                    .build());

    static final GatePolicy POLICY = GatePolicy.parse("policy.yml", """
            gate:
              unit: request
              mature_after: 60s
              stages:
                - {share: 50%, at_least: {units: 100, time: 1h}, needs: proof}
                - {share: 100%, holdback: 5%, for: 24h}
              max_hold: 72h
              lines:
                quality:
                  errors: {pause: {ratio: 1.5}, roll_back: {ratio: 2}, min_bad: 5}
                  bad_answers: {pause: {ratio: 1.3}, roll_back: {ratio: 1.5}, min_bad: 10}
                latency:
                  time_to_first_token: {quantile: 0.95, pause: 1.15, roll_back: 1.25, floor: 5ms}
                cost:
                  per_call: {pause: 1.15, roll_back: 1.25}
                risk:
                  stop_on: [pii_leak]
            """);
    static final GateProfile PROFILE = new GateProfile(
            1_000,
            Map.of("errors", new GateProfile.Rate(.02, 1), "bad_answers", new GateProfile.Rate(.1, .2)),
            Map.of("time_to_first_token", 2_000.0),
            1,
            List.of(.01, .02, .04),
            .012,
            .008,
            new CacheTerms(.9, .1, 4));
    private static final VersionSet BASELINE =
            VersionSet.builder().prompt("v12").build();
    private static final VersionSet CANDIDATE =
            VersionSet.builder().prompt("v13").build();
    private static final CallEnricher PRICES = record -> record.toBuilder()
            .cost(new Cost(
                    CostState.EXACT,
                    BigDecimal.valueOf(
                            record.usage().inputTokens().orElse(0)
                                    + 4 * record.usage().outputTokens().orElse(0),
                            6),
                    "USD",
                    List.of(),
                    null))
            .build();

    final FakeTicker ticker = new FakeTicker();
    final Clock clock;
    final Accounts accounts = Accounts.builder()
            .by(AccountDimension.TENANT, AccountDimension.FEATURE)
            .build();
    final RecordingListener records = new RecordingListener();
    final SloEngine slo;
    final DriftMonitor drift;
    final GateRecorder gate;
    final VersionSwitch release;
    final ReferenceProfile reference;
    private final List<LlmOps> instances = new ArrayList<>();
    private final List<CallLog> logs = new ArrayList<>();
    private final Random random = new Random(7);
    private int calls;

    /** The first day begins where the clock is set. */
    Fleet(Instant start) {
        clock = Clock.offset(ticker.clock(), Duration.between(FakeTicker.START, start));
        release = VersionSwitch.builder("r1", BASELINE, CANDIDATE)
                .store(SwitchStore.inMemory())
                .ticker(new FakeTicker()) // its state is never stale
                .clock(clock)
                .build();
        release.controls().start(POLICY.exposure(POLICY.stages().get(0)), Actor.person("ada"), "a new prompt");
        gate = new GateRecorder("r1", POLICY, PROFILE, clock, 100_000);
        slo = SloEngine.builder()
                .objectives(new ObjectiveSet(OBJECTIVES, List.of()))
                .clock(clock)
                .ticker(ticker)
                .build();
        reference = reference();
        drift = DriftMonitor.builder(reference).clock(clock).build();
    }

    /** Adds an instance. */
    void join(LogSink sink) {
        CallLog log = CallLog.builder().sink(sink).build();
        logs.add(log);
        instances.add(LlmOps.builder()
                .detectVersions(false)
                .ticker(ticker)
                .clock(clock)
                .enricher(PRICES)
                .listener(log)
                .listener(records)
                .listener(accounts)
                .listener(slo)
                .listener(drift)
                .listener(gate)
                .build());
    }

    private ReferenceProfile reference() {
        RecordingListener earlier = new RecordingListener();
        try (LlmOps before = LlmOps.builder()
                .detectVersions(false)
                .ticker(ticker)
                .clock(clock)
                .enricher(PRICES)
                .listener(earlier)
                .build()) {
            for (int i = 0; i < 500; i++) {
                LlmCall call = before.call(Operation.CHAT, "openai", "gpt")
                        .feature("feature-" + i % 3)
                        .versionSet(BASELINE)
                        .start();
                work(call);
            }
        }
        ReferenceRecorder recorder = new ReferenceRecorder(BASELINE.id(), Feature.standard());
        earlier.records().forEach((CallRecord record) -> recorder.add(record));
        return recorder.profile();
    }

    FleetTopology.Builder topology(Duration publishEvery) {
        return FleetTopology.builder("llm.calls", "llm.fleet")
                .objectives(OBJECTIVES)
                .release("r1", POLICY, PROFILE, now -> situation(now))
                .drift(reference, DriftPolicy.standard(), DAY)
                .costBy(AccountDimension.TENANT, AccountDimension.FEATURE)
                .publishEvery(publishEvery);
    }

    GateSituation situation(Instant now) {
        return GateSituation.of(release.state().orElseThrow(), now);
    }

    DriftReport judged(DriftWindow window) {
        return DriftMonitor.builder(reference).clock(clock).build().judge(window);
    }

    /** Makes calls that end in many ways, some with an aftermath; some are none of the product's. */
    void serve(int number) {
        for (int i = 0; i < number; i++) {
            LlmOps llmops = instances.get(calls % instances.size());
            String unit = "request-" + calls++ % 900; // some units come again
            Assignment assignment = release.assign(unit);
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt")
                    .tenant(calls % 5 == 0 ? "tenant" : "tenant@" + calls % 5) // one name begins another
                    .feature("feature-" + calls % 3)
                    .requestId(unit + "/" + calls)
                    .purpose(random.nextInt(20) == 0 ? "judge" : null)
                    .streaming(true)
                    .versionSet(assignment.versionSet())
                    .start();
            work(assignment.mark(call));
            ticker.advanceMillis(50);
            later(llmops, unit + "/" + calls);
        }
    }

    private void work(LlmCall call) {
        try (call) {
            ticker.advanceMillis(200 + random.nextInt(3_500));
            call.chunk(1);
            ticker.advance(Duration.ofNanos(random.nextInt(500_000_000)));
            call.usage(TokenUsage.inclusive(500 + random.nextInt(3_000), random.nextInt(400))
                    .cachedInput(random.nextInt(400)));
            switch (random.nextInt(30)) {
                case 0 -> call.fail(CallError.of(ErrorKind.OVERLOADED));
                case 1 -> call.fail(CallError.of(ErrorKind.INVALID_REQUEST));
                case 2 -> call.timeOut();
                case 3 -> call.cancel();
                case 4 -> Assignment.markFallback(call).finish("stop");
                default -> call.finish("stop");
            }
        }
    }

    private void later(LlmOps llmops, String request) {
        if (random.nextInt(3) == 0) {
            llmops.feedback(request, random.nextInt(8) == 0 ? LlmEvent.Verdict.DOWN : LlmEvent.Verdict.UP, null);
        }
        if (random.nextInt(4) == 0) {
            ticker.advanceMillis(1);
            llmops.evaluation(request, "answer_quality", random.nextInt(6) == 0 ? .2 : .9, null, null, "judge@3");
            ticker.advanceMillis(1);
            llmops.evaluation(request, "answer_quality", .5, null, null, "judge@4"); // a second score of the call
        }
    }

    /** Ends the day, so that its window is judged and its calls are old enough; every partition hears of the new time. */
    // plain-english:allow
    DriftWindow endDay() {
        DriftWindow day = drift.takeWindow();
        ticker.advance(DAY);
        LlmOps llmops = instances.get(0);
        for (int i = 0; i < 60; i++) {
            release.assign("closing-" + i)
                    .mark(llmops.call(Operation.CHAT, "openai", "gpt")
                            .requestId("closing-" + i)
                            .versionSet(BASELINE)
                            .start())
                    .finish("stop");
        }
        Instant start = clock.instant().minus(DAY).truncatedTo(java.time.temporal.ChronoUnit.DAYS);
        return new DriftWindow(
                start, start.plus(DAY), day.profileDigest(), day.counts(), Map.of(), day.otherVersionSets());
    }

    void closeLogs() {
        logs.forEach(CallLog::close);
    }

    @Override
    public void close() {
        instances.forEach(LlmOps::close);
        slo.close();
        release.close();
    }
}
