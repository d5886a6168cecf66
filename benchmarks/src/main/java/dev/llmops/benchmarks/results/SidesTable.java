package dev.llmops.benchmarks.results;

import dev.llmops.benchmarks.View;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Prints what both sides took for the same work, in time and in bytes. What was not measured has no row. */
final class SidesTable {

    private static final String SIZES = "Sizes.llmops:";

    private final Figures figures;
    private final int threads;

    SidesTable(Figures figures, int threads) {
        this.figures = figures;
        this.threads = threads;
    }

    void printCalls() {
        begin("call");
        for (int chunks : new int[] {0, 20, 200}) {
            for (View view : View.values()) {
                String call = ":" + chunks + ":" + view;
                row(chunks + " chunks, " + view, "CallBenchmark.llmops" + call, "CallBenchmark.byHand" + call);
            }
        }
    }

    void printOthers() {
        begin("what");
        for (String mode : List.of("NESTED", "FLAT", "MESSAGE_JSON")) {
            row("log event, " + mode, "LogEventBenchmark.event:" + mode, "LogEventBenchmark.event:BY_HAND");
        }
        row("span around a call of 200 chunks", "SpanBenchmark.callWithCallSpans", "SpanBenchmark.callWithBareSpan");
        for (int calls : new int[] {1, 10, 100, 1000}) {
            String byHand = "FirstCallsBenchmark.byHand:" + calls;
            timeRow("first " + calls + " calls", "FirstCallsBenchmark.llmops:" + calls, byHand);
            timeRow("first " + calls + " calls after warmUp()", "FirstCallsBenchmark.llmopsWarmedUp:" + calls, byHand);
        }
        row("scrape of 100 models", "ScrapeBenchmark.llmops", "ScrapeBenchmark.byHand");
    }

    void printGateway() {
        System.out.println("| what | gateway | bare relay | difference, pair by pair |\n|---|---|---|---|");
        for (String load : List.of("full", "half")) {
            gatewayRow(load, "requests", "requests a second");
            gatewayRow(load, "cpu", "CPU time a request, ms");
            gatewayRow(load, "firstByteP50", "first byte, P50, ms");
            gatewayRow(load, "firstByteP99", "first byte, P99, ms");
            gatewayRow(load, "wholeP50", "whole answer, P50, ms");
            gatewayRow(load, "wholeP99", "whole answer, P99, ms");
        }
    }

    private void gatewayRow(String load, String figure, String what) {
        String name = ":" + load + ":" + figure;
        if (Double.isFinite(figures.of("GatewayLoad.gateway" + name))) {
            System.out.printf(
                    "| %s load: %s | %s | %s | %s |%n",
                    load,
                    what,
                    rounded(figures.of("GatewayLoad.gateway" + name)),
                    rounded(figures.of("GatewayLoad.bare" + name)),
                    rounded(figures.of("GatewayLoad.added" + name)));
        }
    }

    void printSizes() {
        System.out.println("| what | llmops, B | by hand, B | ratio |\n|---|---|---|---|");
        for (String name : figures.names(each -> each.startsWith(SIZES))) {
            String what = name.substring(SIZES.length());
            System.out.printf("| %s | %s |%n", what, sides(name, "Sizes.byHand:" + what));
        }
    }

    private static void begin(String what) {
        System.out.println("| " + what + " | ns | by hand | ratio | B | by hand | ratio |");
        System.out.println("|---|---|---|---|---|---|---|");
    }

    private void row(String what, String ours, String byHand) {
        if (Double.isFinite(figures.of(ours, threads))) {
            System.out.printf(
                    "| %s | %s | %s |%n", what, sides(ours, byHand), sides(ours + "/bytes", byHand + "/bytes"));
        }
    }

    /** Prints no bytes, since those of a single shot hold what was made before it. */
    private void timeRow(String what, String ours, String byHand) {
        if (Double.isFinite(figures.of(ours, threads))) {
            System.out.printf("| %s | %s | | | |%n", what, sides(ours, byHand));
        }
    }

    private String sides(String ours, String byHand) {
        double here = figures.of(ours, threads);
        double there = figures.of(byHand, threads);
        return rounded(here) + " | " + rounded(there) + " | " + rounded(here / there);
    }

    private static String rounded(double figure) {
        return Double.isFinite(figure)
                ? new BigDecimal(figure)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : "";
    }
}
