package dev.llmops.report.evidence;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.JsonLinesFile;
import dev.llmops.redaction.Redactor;
import dev.llmops.release.GateOperator;
import dev.llmops.release.GateSituation;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.evidence.CacheTerms;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.GateRecorder;
import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** A release whose candidate is slower, dearer and fails more, lived through on a fake clock and rolled back. */
final class BadRelease {

    static final String POLICY = """
            gate:
              unit: request
              alpha: 0.05
              mature_after: 60s
              stages:
                - {share: 10%, at_least: {units: 1000, time: 1h}}
                - {share: 50%, at_least: {units: 2000, time: 1h}, needs: proof}
                - {share: 100%, holdback: 5%, for: 24h}
              max_hold: 72h
              lines:
                quality:
                  errors: {pause: {ratio: 1.5}, roll_back: {ratio: 2}, min_bad: 5}
                  bad_answers: {pause: {points: 3, or_ratio: 1.3}, roll_back: {points: 5, or_ratio: 1.5}, min_bad: 10}
                latency:
                  time_to_first_token: {quantile: 0.95, pause: 1.15, roll_back: 1.25, floor: 5ms}
                cost:
                  per_call: {pause: 1.15, roll_back: 1.25}
                risk:
                  stop_on: [pii_leak]
            """;

    static final GateProfile PROFILE = new GateProfile(
            1_000,
            Map.of("errors", new GateProfile.Rate(.02, 1), "bad_answers", new GateProfile.Rate(.1, .2)),
            Map.of("time_to_first_token", 1_500.0),
            1,
            List.of(.003, .004, .005),
            .003,
            .001,
            new CacheTerms(.1, .1, 4));

    private static final CallEnricher PRICES = record -> {
        long tokens = record.usage().inputTokens().orElse(0)
                + 4 * record.usage().outputTokens().orElse(0);
        return record.toBuilder()
                .cost(new Cost(CostState.EXACT, BigDecimal.valueOf(tokens, 6), "USD", List.of(), null))
                .build();
    };

    final Path log;
    final VersionSet baseline = VersionSet.builder().prompt("v12").model("m-1").build();
    final VersionSet candidate = VersionSet.builder().prompt("v13").model("m-1").build();
    final GateEvidence evidence;
    final GateSituation situation;
    final VersionSwitch release;
    private final FakeTicker ticker = new FakeTicker();
    private final Random random = new Random(7);

    BadRelease(Path folder, int calls) {
        log = folder.resolve("calls.jsonl");
        GatePolicy policy = GatePolicy.parse("policy.yml", POLICY);
        release = VersionSwitch.builder("support-v13", baseline, candidate)
                .clock(ticker.clock())
                .ticker(ticker)
                .build();
        release.controls()
                .start(policy.exposure(policy.stages().get(0)), Actor.person("ada@example.com"), "new prompt");
        GateRecorder recorder =
                new GateRecorder("support-v13", policy, PROFILE, ticker.clock(), GateRecorder.DEFAULT_CALLS);
        CallLog callLog = CallLog.builder().sink(JsonLinesFile.at(log)).build();
        try (LlmOps llmops = LlmOps.builder()
                .clock(ticker.clock())
                .ticker(ticker)
                .detectVersions(false)
                .enricher(PRICES)
                .contentPolicy(ContentPolicy.builder()
                        .captureContent(true)
                        .showContent(true)
                        .build())
                .listener(recorder)
                .listener(callLog)
                .build()) {
            for (int i = 0; i < calls; i++) {
                call(llmops, new UUID(7, i).toString());
            }
        }
        callLog.close();
        ticker.advance(Duration.ofMinutes(2));
        SwitchState state = release.state().orElseThrow();
        evidence = recorder.evidence();
        situation = GateSituation.of(state, ticker.clock().instant());
        new GateOperator(policy, release).carryOut(ReleaseGate.judge(policy, evidence, situation), state.revision());
    }

    private void call(LlmOps llmops, String request) {
        release.refresh(); // The switch's clock is the fake one.
        Assignment assignment = release.assign(request);
        boolean isNew = assignment.arm() == Arm.CANDIDATE;
        try (LlmCall call = assignment.mark(llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .requestId(request)
                .streaming(true)
                .versionSet(assignment.versionSet())
                .start())) {
            call.input("Write to bob@example.com about order " + request.substring(30));
            ticker.advanceMillis((long) ((200 + random.nextInt(1_500)) * (isNew ? 1.6 : 1)));
            call.chunk(1);
            call.usage(TokenUsage.inclusive(500 + random.nextInt(3_000), isNew ? 900 : 300));
            if (random.nextInt(100) < (isNew ? 15 : 3)) {
                call.fail(CallError.of(ErrorKind.OVERLOADED));
            } else {
                call.finish("stop");
            }
        }
        if (random.nextInt(4) == 0) {
            boolean isUp = random.nextInt(10) > (isNew ? 3 : 0);
            llmops.feedback(request, isUp ? LlmEvent.Verdict.UP : LlmEvent.Verdict.DOWN, null);
        }
    }

    EvidencePackBuilder pack() {
        return pack(true);
    }

    EvidencePackBuilder pack(boolean isSwitched) {
        Redactor redactor = Redactor.ofDefaults();
        return EvidencePack.builder(POLICY, PROFILE, evidence, situation)
                .redactor(
                        "llmops-redaction/" + Redactor.DETECTOR_VERSION,
                        text -> redactor.redact(text).text())
                .switchEvents(isSwitched ? release.events() : List.of())
                .log(lines(), 40)
                .document(EvidencePackBuilder.Part.CONFIGURATION, Map.of("region", "eu", "owner", "bob@example.com"));
    }

    Stream<String> lines() {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
