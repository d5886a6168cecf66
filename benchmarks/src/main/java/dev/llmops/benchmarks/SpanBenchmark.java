package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.tracing.CallSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The span of one call, by the listener and on the bare SDK with the same attributes. Both stand around the same call with
 * its cost, which is also measured alone.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class SpanBenchmark {

    private static final String REQUEST_ID = "r-1";

    private final OpenTelemetry openTelemetry = DiscardedOutput.spans();
    private final HandWrittenSpan handWritten = new HandWrittenSpan(openTelemetry);
    private final LlmOps withoutSpans = builder().build();
    private final LlmOps withSpans =
            builder().listener(CallSpans.on(openTelemetry)).build();

    private static LlmOpsBuilder builder() {
        return LlmOps.builder().versionSet(SampleCall.VERSIONS).enricher(CostEnricher.using(PriceBook.bundled()));
    }

    /** Stops what runs in the background. */
    @TearDown
    public void stop() {
        withSpans.close();
        withoutSpans.close();
    }

    @Benchmark
    public void callAlone() {
        try (LlmCall call = SampleCall.start(withoutSpans, REQUEST_ID)) {
            SampleCall.streamAndFinish(call);
        }
    }

    @Benchmark
    public void callWithCallSpans() {
        try (LlmCall call = SampleCall.start(withSpans, REQUEST_ID)) {
            SampleCall.streamAndFinish(call);
        }
    }

    @Benchmark
    public void callWithBareSpan() {
        try (LlmCall call = SampleCall.start(withoutSpans, REQUEST_ID)) {
            Span span = handWritten.start(call.live().info().callId(), REQUEST_ID, true);
            handWritten.firstToken(span);
            SampleCall.streamAndFinish(call);
            handWritten.end(
                    span,
                    new HandWrittenFigures(
                            1_750_000, 220_000, 1_500_000, 7_500, HandWrittenFigures.priceByHand(), SampleCall.CHUNKS));
        }
    }
}
