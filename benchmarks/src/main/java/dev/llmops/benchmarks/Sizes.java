package dev.llmops.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmops.benchmarks.results.FigureFile;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.engine.SloEngineBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Measures the heap that things hold and the length of a scrape. These are counts of bytes: what else runs on the machine does not
 * change them.
 */
public final class Sizes {

    private static final int LIVE_CALLS = 10_000;
    private static final int MODELS = 100;
    private static final int USERS = 1_000_000;
    private static final int OBJECTIVES = 10;
    private static final int TIMES = 3;
    private static final int MINUTES = 30 * 24 * 60;

    /** Keeps the measured things from being collected. */
    private static final List<Object> HELD = new ArrayList<>();

    private final FigureFile figures = new FigureFile();

    private Sizes() {}

    /**
     * Measures, and writes the figures as JMH does.
     *
     * @param args the file to write
     * @throws IOException when it cannot be written
     */
    public static void main(String[] args) throws IOException {
        Sizes sizes = new Sizes();
        sizes.measure();
        sizes.figures.write(Path.of(args[0]));
    }

    private void measure() {
        DiscardedOutput.logs(DiscardedOutput.json());
        OpenTelemetry openTelemetry = DiscardedOutput.spans();
        Runnable[] touched = {() -> library(openTelemetry), () -> byHand(openTelemetry)};
        for (Runnable touch : touched) {
            touch.run(); // loads the classes, and fills what all instances share
        }
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
        add("the scrape of " + MODELS + " models with six outcomes", (double) ours, (double) byHand);
        add("a user's account", held(Sizes::accounts, 1) / USERS, held(Sizes::mapOfDecimals, 1) / USERS);
        double more = held(() -> fullObjectives(2 * OBJECTIVES), 1) - held(() -> fullObjectives(OBJECTIVES), 1);
        figures.add("Sizes.llmops:an objective's series of 30 days", more / OBJECTIVES);
    }

    private static Object accounts() {
        Accounts accounts = Accounts.builder().by(AccountDimension.USER).build();
        for (int user = 0; user < USERS; user++) {
            accounts.add(AccountingBenchmark.call(user));
        }
        return accounts;
    }

    private static Object mapOfDecimals() {
        Map<String, BigDecimal> amounts = new ConcurrentHashMap<>();
        for (int user = 0; user < USERS; user++) {
            CallRecord call = AccountingBenchmark.call(user);
            amounts.merge(AccountingBenchmark.user(call), AccountingBenchmark.amount(call), BigDecimal::add);
        }
        return amounts;
    }

    /** Reports ten events a minute for each objective, as long as its window. */
    private static Object fullObjectives(int objectives) {
        Instant[] now = {Instant.parse("2026-01-01T00:00:30Z")};
        SloEngineBuilder builder = SloEngine.builder()
                .clock(((InstantSource) () -> now[0]).withZone(ZoneOffset.UTC))
                .evaluateEvery(Duration.ZERO);
        for (int i = 0; i < objectives; i++) {
            builder.objective(Objective.builder("availability-" + i)
                    .indicator(Indicator.availability())
                    .target(0.999)
                    .build());
        }
        SloEngine engine = builder.build();
        for (int event = 0; event < 10 * MINUTES; event++) {
            now[0] = now[0].plusSeconds(6);
            for (int i = 0; i < objectives; i++) {
                engine.report("availability-" + i, now[0], event % 1_000 != 0);
            }
        }
        return engine;
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

    private void row(String what, int count, Supplier<Object> ours, Supplier<Object> byHand) {
        add(what, held(ours, TIMES) / count, held(byHand, TIMES) / count);
    }

    private void add(String what, double ours, double byHand) {
        figures.add("Sizes.llmops:" + what, ours);
        figures.add("Sizes.byHand:" + what, byHand);
    }

    /** Returns the median of so many times, since others may allocate or let go of something in the meantime. */
    private static double held(Supplier<Object> thing, int times) {
        long[] held = new long[times];
        for (int i = 0; i < times; i++) {
            long before = used();
            HELD.add(thing.get());
            held[i] = used() - before;
        }
        Arrays.sort(held);
        return held[times / 2];
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
}
