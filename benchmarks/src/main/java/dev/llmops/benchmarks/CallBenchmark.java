package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole call, plain or streamed, with no view, one, or all of them, beside the same features written by hand. Spans go
 * through a real SDK and log events through logback and logstash-logback-encoder, on both sides.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class CallBenchmark {

    private static final String REQUEST_ID = "r-1";

    /** The number of chunks; a call without chunks is no stream. */
    @Param({"0", "20", "200"})
    public int chunks;

    /** The features that both sides have. */
    @Param
    public View view;

    private final OpenTelemetry openTelemetry = DiscardedOutput.spans();
    private HandWrittenCall handWritten = new HandWrittenCall(registry(), openTelemetry, Set.of());
    private LlmOps llmops = LlmOps.builder().build();

    private static PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** Sends the log of both sides through the same encoder. */
    @Setup
    public void start() {
        DiscardedOutput.logs(DiscardedOutput.json());
        handWritten = new HandWrittenCall(registry(), openTelemetry, view.parts());
        llmops = Observed.with(view, openTelemetry, registry());
    }

    /** Stops what runs in the background. */
    @TearDown
    public void stop() {
        llmops.close();
    }

    @Benchmark
    public void byHand() {
        handWritten.call(REQUEST_ID, chunks);
    }

    @Benchmark
    public void llmops() {
        try (LlmCall call = SampleCall.start(llmops, REQUEST_ID, chunks);
                Scope scope = call.makeCurrent()) {
            Observed.tell(view, call);
            SampleCall.streamAndFinish(call, chunks);
        }
    }
}
