package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first calls of a process with all views, of 20 chunks each: by hand, by the library, and by the library after its
 * {@link LlmOps#warmUp()}, which a service runs before it takes calls. Each figure is of a virtual machine of its own.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class FirstCallsBenchmark {

    private static final int CHUNKS = 20;

    private final OpenTelemetry openTelemetry = DiscardedOutput.spans();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** The number of calls, one after the other. */
    @Param({"1", "10", "100", "1000"})
    public int calls;

    /** Sends the log of both sides through the same encoder. */
    @Setup
    public void start() {
        DiscardedOutput.logs(DiscardedOutput.json());
    }

    /** The meters and the tracer of a process before its first call. */
    @State(org.openjdk.jmh.annotations.Scope.Benchmark)
    public static class ByHand {
        private HandWrittenCall call;

        /** Creates the meters and the tracer. */
        @Setup
        public void start(FirstCallsBenchmark common) {
            call = new HandWrittenCall(common.registry, common.openTelemetry, View.ALL.parts());
        }
    }

    /** The library as it was built. */
    @State(org.openjdk.jmh.annotations.Scope.Benchmark)
    public static class Cold {
        private LlmOps llmops;

        /** Builds the library. */
        @Setup
        public void start(FirstCallsBenchmark common) {
            llmops = Observed.with(View.ALL, common.openTelemetry, common.registry);
        }
    }

    /** The library after its warm-up. */
    @State(org.openjdk.jmh.annotations.Scope.Benchmark)
    public static class Warm {
        private LlmOps llmops;

        /** Builds the library and warms it up. */
        @Setup
        public void start(FirstCallsBenchmark common) {
            llmops = Observed.with(View.ALL, common.openTelemetry, common.registry);
            llmops.warmUp();
        }
    }

    @Benchmark
    public void byHand(ByHand byHand) {
        for (int i = 0; i < calls; i++) {
            byHand.call.call("r-" + i, CHUNKS);
        }
    }

    @Benchmark
    public void llmops(Cold cold) {
        run(cold.llmops);
    }

    @Benchmark
    public void llmopsWarmedUp(Warm warm) {
        run(warm.llmops);
    }

    private void run(LlmOps llmops) {
        for (int i = 0; i < calls; i++) {
            try (LlmCall call = SampleCall.start(llmops, "r-" + i, CHUNKS);
                    Scope scope = call.makeCurrent()) {
                SampleCall.streamAndFinish(call, CHUNKS);
            }
        }
    }
}
