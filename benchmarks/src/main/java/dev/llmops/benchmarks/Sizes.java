package dev.llmops.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmops.core.LlmOps;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import net.logstash.logback.encoder.LogstashEncoder;

/**
 * Prints the heap that things hold and the length of a scrape. These are counts of bytes: what else runs on the machine does not
 * change them.
 */
public final class Sizes {

    private static final int LIVE_CALLS = 10_000;
    private static final int MODELS = 100;

    /** Keeps the measured things from being collected. */
    private static final List<Object> HELD = new ArrayList<>();

    private Sizes() {}

    /**
     * Prints the table.
     *
     * @param args none
     */
    public static void main(String[] args) {
        DiscardedOutput.logs(new LogstashEncoder());
        OpenTelemetry openTelemetry = DiscardedOutput.spans();
        Runnable[] touched = {() -> library(openTelemetry), () -> byHand(openTelemetry)};
        for (Runnable touch : touched) {
            touch.run(); // loads the classes, and fills what all instances share
        }
        System.out.println("| what | llmops, B | by hand, B | ratio |");
        System.out.println("|---|---|---|---|");
        row(
                "a library with all views that has seen no call",
                1,
                () -> library(openTelemetry),
                () -> byHand(openTelemetry));
        LlmOps llmops = library(openTelemetry);
        HELD.add(llmops);
        row("a live call", LIVE_CALLS, () -> liveCalls(llmops), () -> liveSpans(openTelemetry));
        row("the metrics of a model", MODELS, () -> ManyModels.observed(MODELS), () -> ManyModels.byHand(MODELS));
        long ours = ManyModels.observed(MODELS).scrape().getBytes(UTF_8).length;
        long byHand = ManyModels.byHand(MODELS).scrape().getBytes(UTF_8).length;
        print("the scrape of " + MODELS + " models with six outcomes", ours, byHand);
    }

    private static LlmOps library(OpenTelemetry openTelemetry) {
        return Observed.with(View.ALL, openTelemetry, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private static HandWrittenCall byHand(OpenTelemetry openTelemetry) {
        return new HandWrittenCall(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), openTelemetry, View.ALL.parts());
    }

    private static Object liveCalls(LlmOps llmops) {
        List<Object> calls = new ArrayList<>(LIVE_CALLS);
        for (int i = 0; i < LIVE_CALLS; i++) {
            var call = SampleCall.start(llmops, "r-" + i, 1);
            call.chunk(1);
            calls.add(call);
        }
        return calls;
    }

    /** Creates the state of calls by hand: a span and the figures so far. */
    private static Object liveSpans(OpenTelemetry openTelemetry) {
        var spans = new HandWrittenSpan(openTelemetry);
        List<Object> calls = new ArrayList<>(2 * LIVE_CALLS);
        for (int i = 0; i < LIVE_CALLS; i++) {
            Span span = spans.start(UUID.randomUUID(), "r-" + i, true);
            spans.firstToken(span);
            calls.add(span);
            calls.add(new long[3]);
        }
        return calls;
    }

    private static void row(String what, int count, Supplier<Object> ours, Supplier<Object> byHand) {
        print(what, held(ours) / count, held(byHand) / count);
    }

    /** Returns the least of three, since what others make in the meantime only adds. */
    private static long held(Supplier<Object> thing) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = used();
            HELD.add(thing.get());
            least = Math.min(least, used() - before);
        }
        return least;
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private static void print(String what, long ours, long byHand) {
        System.out.printf("| %s | %d | %d | %.2f |%n", what, ours, byHand, (double) ours / byHand);
    }
}
