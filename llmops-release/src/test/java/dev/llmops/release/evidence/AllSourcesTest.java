package dev.llmops.release.evidence;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static dev.llmops.release.Policies.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.JsonLinesFile;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GateSituation;
import dev.llmops.release.LineResult;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.VersionSwitch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same calls, seen live, in the log, in tables, in the cost ledger alone and as counters: one decision. */
class AllSourcesTest {

    @TempDir
    Path folder;

    private final VersionSwitch release =
            Releases.started("r1", FIVE_TESTS.exposure(FIVE_TESTS.stage("50%").orElseThrow()));
    private final RecordingListener seen = new RecordingListener();
    private final String ledgerUrl = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private GateEvidence live;
    private Path log;
    private Instant now;

    @BeforeEach
    void run() throws Exception {
        log = folder.resolve("calls.jsonl");
        CallLog callLog = CallLog.builder().sink(JsonLinesFile.at(log)).build();
        FakeTicker ticker = new FakeTicker();
        GateRecorder recorder = new GateRecorder("r1", FIVE_TESTS, PROFILE, ticker.clock(), 10_000);
        try (Ledger ledger = Ledger.at(folder.resolve("ledger"))
                        .jdbc(ledgerUrl, null, null)
                        .keepAttributes(LedgerFacts.ATTRIBUTE)
                        .open();
                Traffic calls = new Traffic(release, ticker, seen, callLog, recorder, ledger.listener())) {
            for (int i = 0; i < 1_500; i++) {
                calls.call("request-" + i);
            }
            ticker.advance(Duration.ofHours(2));
            now = ticker.clock().instant();
            live = recorder.evidence();
            assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
        }
        callLog.close();
    }

    @AfterEach
    void close() {
        release.close();
    }

    private GateDecision decision(GateEvidence evidence) {
        return ReleaseGate.judge(
                FIVE_TESTS, evidence, GateSituation.of(release.state().orElseThrow(), now));
    }

    @Test
    void live_calls_are_counted_at_all() {
        assertThat(live.sums().keySet())
                .extracting(GateEvidence.Key::series)
                .contains(
                        "units",
                        "errors",
                        "bad_answers",
                        "time_to_first_token/pause",
                        "per_call",
                        "per_call/q1/roll_back");
        assertThat(decision(live).lines()).extracting(LineResult::n).allMatch(n -> n > 100);
    }

    @Test
    void the_log_gives_the_same_evidence_to_the_bit() {
        assertThat(LogEvidence.read("r1", FIVE_TESTS, PROFILE, now, List.of(log)))
                .isEqualTo(live);
    }

    @Test
    void a_table_gives_the_same_evidence_to_the_bit() throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:h2:mem:")) {
            OtherSources.fill(database, seen.records(), seen.events());
            assertThat(SqlEvidence.read(
                            "r1", FIVE_TESTS, PROFILE, now, database, OtherSources.CALLS, OtherSources.EVENTS))
                    .isEqualTo(live);
        }
    }

    @Test
    void the_ledger_alone_gives_the_same_evidence_of_all_that_calls_say_themselves() throws SQLException {
        try (Connection database = DriverManager.getConnection(ledgerUrl)) {
            GateEvidence read = SqlEvidence.readLedger("r1", FIVE_TESTS, PROFILE, now, database, "llm_ledger", null);
            Map<GateEvidence.Key, MetricSums> said = new TreeMap<>(live.sums());
            said.keySet().removeIf(key -> key.series().startsWith("bad_answers"));

            assertThat(read.sums()).isEqualTo(said);
            assertThat(read.notCounted()).isEqualTo(live.notCounted());
            assertThat(decision(read).lines())
                    .filteredOn(line -> !line.metric().equals("bad_answers"))
                    .isEqualTo(decision(live).lines().stream()
                            .filter(line -> !line.metric().equals("bad_answers"))
                            .toList());
        }
    }

    @Test
    void the_ledger_with_a_table_of_events_gives_the_same_evidence_to_the_bit() throws SQLException {
        try (Connection database = DriverManager.getConnection(ledgerUrl)) {
            OtherSources.fill(database, seen.records(), seen.events());
            GateEvidence read =
                    SqlEvidence.readLedger("r1", FIVE_TESTS, PROFILE, now, database, "llm_ledger", OtherSources.EVENTS);

            assertThat(read).isEqualTo(live);
            assertThat(decision(read)).isEqualTo(decision(live));
        }
    }

    @Test
    void calls_of_another_release_are_not_in_the_ledgers_evidence() throws SQLException {
        try (Connection database = DriverManager.getConnection(ledgerUrl)) {
            assertThat(SqlEvidence.readLedger("r2", FIVE_TESTS, PROFILE, now, database, "llm_ledger", null)
                            .sums())
                    .isEmpty();
        }
    }

    @Test
    void a_correction_in_the_ledger_counts_for_its_call() throws SQLException {
        try (Connection database = DriverManager.getConnection(ledgerUrl)) {
            database.createStatement()
                    .execute(
                            "INSERT INTO llm_ledger (entry_id, kind, call_id, started_at, recorded_at, provider, model,"
                                    + " version_set, operation, outcome, usage, state, amount, currency, components)"
                                    + " SELECT entry_id || '/2', 'CORRECTION', call_id, started_at, recorded_at, provider, model,"
                                    + " version_set, operation, outcome, '{}', state, amount, currency, '[]' FROM llm_ledger");
            MetricSums doubled = SqlEvidence.readLedger("r1", FIVE_TESTS, PROFILE, now, database, "llm_ledger", null)
                    .sums("50%", "per_call", Arm.CANDIDATE);
            MetricSums once = live.sums("50%", "per_call", Arm.CANDIDATE);

            assertThat(doubled.n()).isEqualTo(once.n());
            assertThat(doubled.mean()).isCloseTo(2 * once.mean(), within(1e-9));
        }
    }

    @Test
    void counters_of_three_instances_give_the_same_decision() {
        List<PrometheusEvidence.Sample> samples = new ArrayList<>();
        for (GateEvidence shard : shards(3)) {
            samples.addAll(PrometheusEvidence.samples(shard, FIVE_TESTS));
        }
        GateEvidence read = PrometheusEvidence.ofQuery("r1", OtherSources.queryAnswer(samples));
        assertThat(decision(read).verdict()).isEqualTo(decision(live).verdict());
        assertThat(decision(read).reason()).isEqualTo(decision(live).reason());
        assertThat(decision(read).lines())
                .extracting(LineResult::reason)
                .isEqualTo(
                        decision(live).lines().stream().map(LineResult::reason).toList());
    }

    /** Evidence of a fleet whose members each saw every third call. */
    private List<GateEvidence> shards(int members) {
        List<GateEvidence> shards = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            try (CallTable table = new CallTable()) {
                CallTable.Adder adder = table.adder();
                for (int i = member; i < seen.records().size(); i += members) {
                    adder.add(RecordFacts.of(seen.records().get(i)));
                }
                for (LlmEvent event : seen.events()) {
                    RecordFacts.apply(
                            event, adder.verdicts(event.call().callId().toString()));
                }
                shards.add(table.evidence("r1", FIVE_TESTS, PROFILE, now));
            }
        }
        return shards;
    }

    @Test
    void the_buckets_of_a_histogram_give_the_same_counts_at_their_edges() {
        List<PrometheusEvidence.Sample> buckets = new ArrayList<>();
        for (Arm arm : List.of(Arm.CANDIDATE, Arm.BASELINE)) {
            for (double edge : new double[] {1, 2, 2.3, 2.5, Double.POSITIVE_INFINITY}) {
                Map<String, String> labels =
                        Map.of("arm", arm.label(), "le", Double.isInfinite(edge) ? "+Inf" : "" + edge);
                buckets.add(new PrometheusEvidence.Sample("ttft_bucket", labels, firstTokensWithin(arm, edge)));
            }
        }
        GateEvidence read =
                PrometheusEvidence.ofBuckets("r1", FIVE_TESTS, PROFILE, "50%", "time_to_first_token", buckets);
        assertThat(read.sums()).hasSize(4);
        assertThat(live.sums()).containsAllEntriesOf(read.sums());
    }

    private double firstTokensWithin(Arm arm, double seconds) {
        return seen.records().stream()
                .filter(record -> RecordFacts.of(record).arm() == arm)
                .filter(record -> record.timing().timeToFirstTokenNanos().orElseThrow() <= seconds * 1e9)
                .count();
    }

    @Test
    void what_a_judge_said_is_kept_apart_by_what_people_said() {
        MetricSums labelled = live.sums("50%", "bad_answers/judged/bad/judge@3", Arm.BASELINE)
                .plus(live.sums("50%", "bad_answers/judged/good/judge@3", Arm.BASELINE));
        MetricSums others = live.sums("50%", "bad_answers/judged/none/judge@3", Arm.BASELINE);
        assertThat(labelled.n()).isGreaterThan(20);
        assertThat(others.n()).isGreaterThan(20);
        assertThat(labelled.plus(others).n())
                .isLessThan(live.sums("50%", "units", Arm.BASELINE).n());
    }

    @Test
    void the_shards_of_a_fleet_add_up_to_the_whole_in_any_order() {
        List<GateEvidence> shards = shards(8);
        GateEvidence forth = shards.stream().reduce(GateEvidence.empty("r1"), GateEvidence::plus);
        Collections.reverse(shards);
        GateEvidence back = shards.stream().reduce(GateEvidence.empty("r1"), GateEvidence::plus);
        assertThat(forth).isEqualTo(live).isEqualTo(back);
        assertThat(GateEvidence.fromJson(forth.toJson())).isEqualTo(live);
    }
}
