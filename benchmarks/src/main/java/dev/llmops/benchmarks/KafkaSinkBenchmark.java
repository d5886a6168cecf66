package dev.llmops.benchmarks;

import ch.qos.logback.classic.Logger;
import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmOps;
import dev.llmops.kafka.KafkaCallSink;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogEntry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/** The price of handing an entry to the Kafka sink, whose broker is away: where there is room, and where there is none. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@State(Scope.Benchmark)
public class KafkaSinkBenchmark {

    private static final int OFFERS = 100_000;

    /** Entries that may wait: none find room in the smaller queue, all in the larger. */
    @Param({"1", "1000000"})
    public int capacity;

    private final LogEntry entry = entry();
    private KafkaCallSink sink = sink(1);

    private static LogEntry entry() {
        AtomicReference<LogEntry> seen = new AtomicReference<>();
        CallLog log = CallLog.builder().sink(seen::set).build();
        try (LlmOps llmops = LlmOps.builder().build()) {
            LiveCall live = SampleCall.start(llmops, "r-1").live();
            log.callEnded(live, SampleCall.record());
        }
        return Objects.requireNonNull(seen.get());
    }

    private static KafkaCallSink sink(int capacity) {
        return KafkaCallSink.builder("127.0.0.1:1", "llm.calls")
                .queueCapacity(capacity)
                .producerConfig(Map.of("max.block.ms", 600_000, "reconnect.backoff.ms", 60_000))
                .build();
    }

    /** Keeps the client's complaints about its broker out of what is measured. */
    @Setup(Level.Trial)
    public void silence() {
        Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
        kafka.setLevel(ch.qos.logback.classic.Level.OFF);
    }

    /** Begins with an empty queue. */
    @Setup(Level.Iteration)
    public void open() {
        sink.close(Duration.ZERO);
        sink = sink(capacity);
    }

    /** Leaves what no broker takes. */
    @TearDown(Level.Trial)
    public void close() {
        sink.close(Duration.ZERO);
    }

    @Benchmark
    @OperationsPerInvocation(OFFERS)
    public void offer() {
        for (int i = 0; i < OFFERS; i++) {
            sink.write(entry);
        }
    }
}
