package dev.llmops.release.evidence;

import static dev.llmops.release.Policies.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.JsonLinesFile;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GateSituation;
import dev.llmops.release.LineResult;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.policy.GatePolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate as good as its baseline is promoted by proof, whichever source is read. */
class PromotionTest {

    private static final GatePolicy POLICY = GatePolicy.parse("promoting.yml", """
            gate:
              unit: request
              mature_after: 60s
              stages:
                - {share: 50%, at_least: {units: 1000, time: 1h}, needs: proof}
                - {share: 100%, holdback: 5%, for: 24h}
              max_hold: 72h
              lines:
                quality:
                  errors: {pause: {ratio: 3}, roll_back: {ratio: 4}, min_bad: 5}
                  bad_answers: {pause: {ratio: 3}, roll_back: {ratio: 4}, min_bad: 10}
                latency:
                  time_to_first_token: {quantile: 0.95, pause: 1.5, roll_back: 2, floor: 5ms}
                cost:
                  per_call: {pause: 1.5, roll_back: 2}
            """);

    @TempDir
    static Path folder;

    private static final RecordingListener SEEN = new RecordingListener();
    private static Path log;
    private static GateEvidence live;
    private static GateSituation situation;

    @BeforeAll
    static void run() {
        log = folder.resolve("calls.jsonl");
        CallLog callLog = CallLog.builder().sink(JsonLinesFile.at(log)).build();
        FakeTicker ticker = new FakeTicker();
        GateRecorder recorder = new GateRecorder("r1", POLICY, PROFILE, ticker.clock(), 10_000);
        try (VersionSwitch release =
                        Releases.started("r1", POLICY.exposure(POLICY.stages().get(0)));
                Traffic calls = new Traffic(release, ticker, SEEN, callLog, recorder)) {
            for (int i = 0; i < 4_000; i++) {
                calls.call("request-" + i);
            }
            ticker.advance(Duration.ofHours(2));
            situation = GateSituation.of(
                    release.state().orElseThrow(), ticker.clock().instant());
            live = recorder.evidence();
        }
        callLog.close();
    }

    private static Instant now() {
        return situation.now();
    }

    private static GateDecision decision(GateEvidence evidence) {
        return ReleaseGate.judge(POLICY, evidence, situation);
    }

    @Test
    void live_calls_promote_it_because_every_metric_is_proved() {
        GateDecision decision = decision(live);

        assertThat(decision.lines())
                .as(decision.explain())
                .hasSize(4)
                .extracting(LineResult::verdict)
                .containsOnly(LineResult.Verdict.PASS);
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.PROMOTE);
        assertThat(decision.next()).isEqualTo(POLICY.stages().get(1));
    }

    @Test
    void the_log_gives_the_same_decision() {
        GateEvidence read = LogEvidence.read("r1", POLICY, PROFILE, now(), List.of(log));

        assertThat(read).isEqualTo(live);
        assertThat(decision(read)).isEqualTo(decision(live));
    }

    @Test
    void tables_give_the_same_decision() throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:h2:mem:")) {
            OtherSources.fill(database, SEEN.records(), SEEN.events());
            GateEvidence read =
                    SqlEvidence.read("r1", POLICY, PROFILE, now(), database, OtherSources.CALLS, OtherSources.EVENTS);

            assertThat(read).isEqualTo(live);
            assertThat(decision(read)).isEqualTo(decision(live));
        }
    }

    @Test
    void counters_of_prometheus_give_the_same_decision() {
        GateEvidence read =
                PrometheusEvidence.ofQuery("r1", OtherSources.queryAnswer(PrometheusEvidence.samples(live, POLICY)));

        assertThat(decision(read).verdict()).isEqualTo(GateDecision.Verdict.PROMOTE);
        assertThat(decision(read).lines())
                .extracting(LineResult::reason)
                .isEqualTo(
                        decision(live).lines().stream().map(LineResult::reason).toList());
    }
}
