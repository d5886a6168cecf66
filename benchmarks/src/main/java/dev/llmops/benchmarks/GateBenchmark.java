package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.QualityMonitor;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.Feature;
import dev.llmops.quality.drift.ReferenceRecorder;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GateSituation;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.evidence.CacheTerms;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.GateRecorder;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.policy.GatePolicy;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A call with nothing, or with gate, drift and quality watching it, of a release and of none; and a verdict over twenty
 * metrics. What the views add is the difference of two rows.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class GateBenchmark {

    private static final int METRICS = 20;
    private static final int RECENT_CALLS = 1_000;

    /** The parts that listen to a call. */
    public enum Watched {
        /** None. */
        NOTHING,
        /** The recorder of a release. */
        GATE,
        /** The drift monitor with the standard features. */
        DRIFT,
        /** The quality monitor. */
        QUALITY,
        /** All three. */
        ALL
    }

    /** The parts of this run. */
    @Param
    public Watched watched;

    private final GatePolicy policy = GatePolicy.parse("benchmark.yml", """
            gate:
              unit: request
              stages:
                - {share: 10%, at_least: {units: 1000, time: 1h}, needs: proof}
                - {share: 100%}
              lines:
                quality:
            METRICS
                risk: {stop_on: [pii_leak]}
            """.replace("METRICS\n", metrics()));
    private final GateProfile profile = new GateProfile(
            1_000, Map.of(), Map.of(), 1, List.of(.01, .02, .04), .012, .008, new CacheTerms(.9, .1, 4));
    private final GateSituation situation = new GateSituation(
            Instant.parse("2026-01-05T12:00:00Z"),
            "10%",
            Instant.parse("2026-01-05T06:00:00Z"),
            Double.NaN,
            false,
            "",
            Map.of());
    private final GateEvidence evidence = evidence();
    private LlmOps llmops = LlmOps.builder().build();
    private long number;

    private static String metrics() {
        return IntStream.range(0, METRICS)
                .mapToObj(i -> "      metric_" + i + ": {pause: {ratio: 1.5}, roll_back: {ratio: 2}}\n")
                .collect(Collectors.joining());
    }

    private static GateEvidence evidence() {
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        for (Arm arm : List.of(Arm.CANDIDATE, Arm.BASELINE)) {
            long n = arm == Arm.CANDIDATE ? 1_000 : 9_000;
            sums.put(new GateEvidence.Key("10%", "units", arm), new MetricSums(n, 0, 0, BigInteger.ZERO));
            for (int i = 0; i < METRICS; i++) {
                sums.put(
                        new GateEvidence.Key("10%", "metric_" + i, arm),
                        new MetricSums(n, n / 50 + i, 0, BigInteger.ZERO));
            }
        }
        return GateEvidence.of("r1", sums, Map.of());
    }

    /** Adds the parts, each as a service would have it. */
    @Setup
    public void start() {
        ReferenceRecorder reference = new ReferenceRecorder(SampleCall.VERSIONS.id(), Feature.standard());
        reference.add(SampleCall.record());
        LlmOpsBuilder builder = LlmOps.builder().versionSet(SampleCall.VERSIONS);
        if (watched == Watched.GATE || watched == Watched.ALL) {
            builder.listener(new GateRecorder("r1", policy, profile, Clock.systemUTC(), RECENT_CALLS));
        }
        if (watched == Watched.DRIFT || watched == Watched.ALL) {
            builder.listener(DriftMonitor.builder(reference.profile()).build());
        }
        if (watched == Watched.QUALITY || watched == Watched.ALL) {
            builder.listener(new QualityMonitor(EvaluationDefinition.standard()));
        }
        llmops = builder.build();
    }

    /** Stops what runs in the background. */
    @TearDown
    public void stop() {
        llmops.close();
    }

    /** A call of no release. */
    @Benchmark
    public void call() {
        try (LlmCall call = SampleCall.start(llmops, "r-1", 0)) {
            SampleCall.streamAndFinish(call, 0);
        }
    }

    /** A call of a release that has seen as many as it keeps one by one. */
    @Benchmark
    public void callOfARelease() {
        try (LlmCall call = SampleCall.start(llmops, "r-1", 0)) {
            call.attribute(Assignment.CHANGE, "r1")
                    .attribute(Assignment.STAGE, "10%")
                    .attribute(Assignment.ARM, "candidate")
                    .attribute(Assignment.UNIT, Long.toHexString(number++));
            SampleCall.streamAndFinish(call, 0);
        }
    }

    /**
     * Judges twenty metrics.
     *
     * @return the decision
     */
    @Benchmark
    public GateDecision verdict() {
        return ReleaseGate.judge(policy, evidence, situation);
    }
}
