package dev.llmops.benchmarks;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.logging.CallLog;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The log event of one call, written by hand with SLF4J and by the call log, each with the same fields and through
 * logback: into logstash-logback-encoder, or as a plain line where the record is the message.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class LogEventBenchmark {

    private final CallRecord record = SampleCall.record();
    private final LiveCall live = live();
    private final HandWrittenLog handWrittenLog = new HandWrittenLog();

    /** The writer of the event. */
    @Param
    public Writer writer;

    private CallLog log = CallLog.toSlf4j();

    private static LiveCall live() {
        try (LlmOps llmops = LlmOps.builder().build()) {
            return SampleCall.start(llmops, "r-1").live();
        }
    }

    /** Chooses the encoder that suits the writer. */
    @Setup
    public void start() {
        DiscardedOutput.logs(writer == Writer.MESSAGE_JSON ? plainLines() : DiscardedOutput.json());
        if (writer != Writer.BY_HAND) {
            log = CallLog.toSlf4j(CallLog.Mode.valueOf(writer.name()));
        }
    }

    private static Encoder<ILoggingEvent> plainLines() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern("%msg%n");
        return encoder;
    }

    @Benchmark
    public void event() {
        if (writer == Writer.BY_HAND) {
            handWrittenLog.write(
                    "4bf92f3577b34da6a3ce929d0e0e4736",
                    "00f067aa0ba902b7",
                    record.info().callId(),
                    "r-1",
                    HandWrittenFigures.SAMPLE);
        } else {
            log.callEnded(live, record);
        }
    }

    /** The writers. */
    public enum Writer {
        /** SLF4J's fluent API, a pair for each field. */
        BY_HAND,
        /** A single pair with the whole record. */
        NESTED,
        /** A pair for each field. */
        FLAT,
        /** The record as the message. */
        MESSAGE_JSON
    }
}
