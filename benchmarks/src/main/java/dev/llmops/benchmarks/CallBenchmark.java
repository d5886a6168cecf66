package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.PrometheusSignals;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.tracing.CallSpans;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.logstash.logback.encoder.LogstashEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole streamed call of 200 chunks with all five views on, beside Micrometer timers, a span and a structured log line
 * written by hand. Spans go through a real SDK and log events through logback and logstash-logback-encoder, on both sides.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class CallBenchmark {

    private static final String REQUEST_ID = "r-1";

    private final OpenTelemetry openTelemetry = DiscardedOutput.spans();
    private final HandWrittenCall handWritten =
            new HandWrittenCall(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), openTelemetry);
    private final LlmOps onMicrometer =
            fiveViews(GoldenSignals.on(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    private final LlmOps onPrometheus = fiveViews(PrometheusSignals.on(new PrometheusRegistry()));

    /** Sends the log of both sides through the same encoder. */
    public CallBenchmark() {
        DiscardedOutput.logs(new LogstashEncoder());
    }

    private LlmOps fiveViews(LlmListener metrics) {
        return LlmOps.builder()
                .versionSet(SampleCall.VERSIONS)
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(metrics)
                .listener(CallSpans.on(openTelemetry))
                .listener(CallLog.toSlf4j())
                .listener(SloEngine.builder()
                        .objective(Objective.builder("ttft")
                                .indicator(Indicator.timeToFirstToken(Duration.ofMillis(500)))
                                .target(0.99)
                                .build())
                        .build())
                .listener(Accounts.builder().by(AccountDimension.USER).build())
                .build();
    }

    /** Stops what runs in the background. */
    @TearDown
    public void stop() {
        onMicrometer.close();
        onPrometheus.close();
    }

    @Benchmark
    public void handWritten() {
        handWritten.stream(REQUEST_ID);
    }

    @Benchmark
    public void llmopsOnMicrometer() {
        observe(onMicrometer);
    }

    @Benchmark
    public void llmopsOnPrometheus() {
        observe(onPrometheus);
    }

    private static void observe(LlmOps llmops) {
        try (LlmCall call = SampleCall.start(llmops, REQUEST_ID);
                Scope scope = call.makeCurrent()) {
            SampleCall.streamAndFinish(call);
        }
    }
}
