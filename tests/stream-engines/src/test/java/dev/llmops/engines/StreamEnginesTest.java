package dev.llmops.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.JsonLinesFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.util.CloseableIterator;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both engines, in this process, find what one process counts, to the last digit. */
class StreamEnginesTest {

    private static final int CALLS = 2_000;

    @TempDir
    static Path folder;

    private static List<String> lines;
    private static AccountTotals expected;

    @BeforeAll
    static void log_calls() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        RecordingListener records = new RecordingListener();
        CallLog log = CallLog.builder().sink(JsonLinesFile.at(file)).build();
        try (LlmOps llmops = LlmOps.builder()
                .detectVersions(false)
                .enricher(record -> record.toBuilder()
                        .cost(new Cost(
                                CostState.EXACT,
                                BigDecimal.valueOf(record.usage().inputTokens().orElse(0), 7),
                                "USD",
                                List.of(),
                                null))
                        .build())
                .listener(log)
                .listener(records)
                .build()) {
            for (int i = 0; i < CALLS; i++) {
                try (LlmCall call =
                        llmops.call(Operation.CHAT, "openai", "gpt-4o").tenant("t" + i % 3).start()) {
                    call.usage(TokenUsage.inclusive(100 + i, 10));
                    call.finish("stop");
                }
            }
        }
        log.close();
        lines = Files.readAllLines(file);
        expected = records.records().stream()
                .map(AccountTotals::of)
                .reduce(AccountTotals.NONE, AccountTotals::plus);
        assertThat(expected.calls()).isEqualTo(CALLS);
    }

    @Test
    void flink_finds_the_same_costs() throws Exception {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(2);

        try (CloseableIterator<String> sums = flink.fromData(lines)
                .keyBy(line -> line.hashCode() % 4)
                .window(GlobalWindows.createWithEndOfStreamTrigger())
                .aggregate(new FlinkCosts())
                .executeAndCollect()) {
            FlinkCosts costs = new FlinkCosts();
            String all = costs.createAccumulator();
            while (sums.hasNext()) {
                all = costs.merge(all, sums.next());
            }
            assertThat(all).isEqualTo(expected.toJson());
        }
    }

    @Test
    void spark_finds_the_same_costs() throws Exception {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            String sum = spark.createDataset(lines, Encoders.STRING())
                    .repartition(4)
                    .select(new SparkCosts().toColumn())
                    .first();

            assertThat(sum).isEqualTo(expected.toJson());
        }
    }
}
