package dev.llmops.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.logging.LogEntry;
import dev.llmops.quality.drift.DriftWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTopologyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern VALUE = Pattern.compile(":(\"[^\"]*\"|[-0-9.eE+]+|true|false|\\{|\\[)");
    private static final List<String> BOMBS = List.of(
            "1e999999999",
            "\"1e999999999\"",
            "-1e-999999999",
            "9".repeat(900),
            "[".repeat(20_000),
            "\"" + "x".repeat(20_000) + "\"",
            "\"1969-12-31T23:59:59Z\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "+1000000000-12-31T23:59:59.999999999Z",
            "1969-12-31T23:59:59Z",
            "\"\\u0000\"",
            "\"\"",
            "9223372036854775807",
            "-1",
            "null",
            "true",
            "[]",
            "{}");

    @TempDir
    private Path folder;

    private final List<TestRecord<String, String>> sent = new ArrayList<>();

    private TopologyTestDriver driver(Fleet fleet) {
        Properties properties = new Properties();
        properties.put("application.id", "fleet");
        properties.put("bootstrap.servers", "nowhere:1");
        properties.put("state.dir", folder.toString());
        return new TopologyTestDriver(fleet.topology(SECOND).inMemory().build(), properties);
    }

    private void send(LogEntry entry) {
        String callId = String.valueOf(entry.fields().get("call_id"));
        String id = entry.name().equals("llmops.call") ? callId : "later-" + sent.size();
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", id.getBytes(UTF_8));
        headers.add("ce_time", entry.timestamp().toString().getBytes(UTF_8));
        sent.add(new TestRecord<>(
                callId, entry.json(), headers, entry.timestamp().toEpochMilli()));
    }

    private static TestInputTopic<String, String> input(TopologyTestDriver driver) {
        return driver.createInputTopic("llm.calls", new StringSerializer(), new StringSerializer());
    }

    private static Figures figures(TopologyTestDriver driver) {
        driver.advanceWallClockTime(SECOND); // the shards publish
        driver.advanceWallClockTime(SECOND); // the fleet publishes
        Map<String, String> latest = new HashMap<>();
        driver.createOutputTopic("llm.fleet", new StringDeserializer(), new StringDeserializer())
                .readRecordsToList()
                .forEach(record -> latest.put(record.key(), record.value()));
        return new Figures(latest);
    }

    @Test
    void the_figures_of_the_fleet_are_those_of_one_instance_that_saw_every_call() {
        try (Fleet fleet = new Fleet(FakeTicker.START);
                TopologyTestDriver driver = driver(fleet)) {
            fleet.join(this::send);
            fleet.join(this::send);
            fleet.serve(400);
            DriftWindow day = fleet.endDay();
            input(driver).pipeRecordList(sent);
            figures(driver).mustEqualThoseOf(fleet, day);
        }
    }

    @Test
    void copies_and_events_before_their_call_change_nothing() {
        try (Fleet fleet = new Fleet(FakeTicker.START);
                TopologyTestDriver driver = driver(fleet)) {
            fleet.join(this::send);
            fleet.serve(250);
            List<TestRecord<String, String>> disordered = new ArrayList<>(sent);
            disordered.addAll(sent.subList(0, 100));
            Collections.shuffle(disordered, new Random(3));
            int before = sent.size();
            DriftWindow day = fleet.endDay();
            disordered.addAll(sent.subList(before, sent.size()));
            input(driver).pipeRecordList(disordered);
            Figures figures = figures(driver);
            assertThat(figures.json("skipped").path("repeated").asInt()).isEqualTo(100);
            figures.mustEqualThoseOf(fleet, day);
        }
    }

    @Test
    void what_is_no_whole_record_is_counted_and_left_out() {
        try (Fleet fleet = new Fleet(FakeTicker.START);
                TopologyTestDriver driver = driver(fleet)) {
            fleet.join(this::send);
            fleet.serve(1);
            TestInputTopic<String, String> input = input(driver);
            input.pipeInput(new TestRecord<>("k", null, FakeTicker.START));
            input.pipeInput("k", "no JSON", FakeTicker.START);
            input.pipeInput(
                    "k", "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-01-01T00:00:00Z\"}", FakeTicker.START);
            input.pipeInput(
                    "k", sent.get(0).value().replace("\"sample_rate\":1.0", "\"sample_rate\":0.5"), FakeTicker.START);
            input.pipeInput(
                    "k",
                    sent.get(0).value().replaceFirst("\"release.arm\":\"[a-z]+\"", "\"release.arm\":\"left\""),
                    FakeTicker.START);
            RecordHeaders badTime = new RecordHeaders();
            badTime.add("ce_time", "yesterday".getBytes(UTF_8));
            input.pipeInput(new TestRecord<>("k", sent.get(0).value(), badTime, FakeTicker.START));
            Figures figures = figures(driver);
            assertThat(figures.published().get("skipped")).isEqualTo("{\"sampled\":1,\"unreadable\":5}");
            assertThat(figures.published()).doesNotContainKey("cost/2026-01-01");
        }
    }

    /** What others write into the topic is counted or left out; it never ends the thread that serves all partitions. */
    @Test
    void hostile_records_do_not_stop_the_topology() {
        try (Fleet fleet = new Fleet(FakeTicker.START);
                TopologyTestDriver driver = driver(fleet)) {
            fleet.join(this::send);
            fleet.serve(30);
            TestInputTopic<String, String> input = input(driver);
            input.pipeRecordList(sent);
            Random random = new Random(7);
            for (int i = 0; i < 3_000; i++) {
                TestRecord<String, String> whole = sent.get(random.nextInt(sent.size()));
                RecordHeaders headers = new RecordHeaders();
                headers.add("ce_id", random.nextInt(9) == 0 ? null : ("hostile-" + i).getBytes(UTF_8));
                if (random.nextBoolean()) {
                    headers.add(
                            "ce_time", BOMBS.get(random.nextInt(BOMBS.size())).getBytes(UTF_8));
                }
                String line = hostile(whole.value(), random);
                if (random.nextBoolean()) {
                    line = line.replace(whole.key(), new UUID(random.nextLong(), random.nextLong()).toString());
                }
                input.pipeInput(new TestRecord<>(whole.key(), line, headers, FakeTicker.START));
            }
            Figures figures = figures(driver);
            assertThat(figures.json("skipped").path("unreadable").asInt()).isPositive();
        }
    }

    private static String hostile(String line, Random random) {
        List<MatchResult> values = VALUE.matcher(line).results().toList();
        MatchResult value = values.get(random.nextInt(values.size()));
        return line.substring(0, value.start(1))
                + BOMBS.get(random.nextInt(BOMBS.size()))
                + line.substring(value.end(1));
    }

    @Test
    void events_of_a_call_beyond_a_thousand_are_counted_and_left_out() {
        try (Fleet fleet = new Fleet(FakeTicker.START);
                TopologyTestDriver driver = driver(fleet)) {
            fleet.join(this::send);
            fleet.serve(1);
            String event = "{\"schema\":\"llmops.feedback/1\",\"timestamp\":\"" + FakeTicker.START + "\",\"call_id\":\""
                    + sent.get(0).key() + "\",\"verdict\":\"up\"}";
            TestInputTopic<String, String> input = input(driver);
            for (int i = 0; i < 1_010; i++) {
                RecordHeaders headers = new RecordHeaders();
                headers.add("ce_id", ("event-" + i).getBytes(UTF_8));
                input.pipeInput(new TestRecord<>("k", event, headers, FakeTicker.START));
            }
            assertThat(figures(driver).published().get("skipped")).isEqualTo("{\"too many events of a call\":10}");
        }
    }

    @Test
    void broken_rules_are_named_together() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FleetTopology.builder("in", "out")
                        .publishEvery(Duration.ZERO)
                        .retention(Duration.ZERO)
                        .build())
                .withMessage("""
                        publishEvery is too short (PT0S) — at least a millisecond is allowed — pass for example Duration.ofSeconds(10)
                        retention is not positive (PT0S) — a positive time is allowed — pass for example Duration.ofDays(7)""");
    }
}
