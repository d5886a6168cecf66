package dev.llmops.benchmarks.results;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Prints what was measured beside the goals, and both sides of it, as tables. What was not measured has no row. */
public final class Goals {

    private static final String HOSTILE = "HostileRedactionBenchmark.";

    private final Figures figures;

    private Goals(Figures figures) {
        this.figures = figures;
    }

    /**
     * Prints the tables.
     *
     * @param args files that JMH wrote as JSON
     * @throws IOException when a file cannot be read
     */
    public static void main(String[] args) throws IOException {
        Figures figures = Figures.read(Arrays.stream(args).map(Path::of).toList());
        System.out.println("## Goals\n");
        new Goals(figures).print();
        System.out.println("\n## Calls by chunks and view, one thread\n");
        new SidesTable(figures, 1).printCalls();
        System.out.println("\n## Calls, two threads\n");
        new SidesTable(figures, 2).printCalls();
        System.out.println("\n## Parts of a call, and what a process does around it\n");
        new SidesTable(figures, 1).printOthers();
        System.out.println("\n## The gateway and a bare relay\n");
        new SidesTable(figures, 1).printGateway();
        System.out.println("\n## Heap and scrape\n");
        new SidesTable(figures, 1).printSizes();
    }

    private void print() {
        System.out.println("| what | measured | goal | |\n|---|---|---|---|");
        chunk();
        wholeCall();
        twoThreads("chunk", "ChunkBenchmark.call");
        twoThreads("call of 200 chunks", "CallBenchmark.llmops:200:ALL");
        cost();
        slo();
        redaction();
        logsAndSpans();
        gateway();
    }

    private void chunk() {
        double chunk = of("ChunkBenchmark.call");
        atMost("chunk beyond the clock, ns", chunk - of("ChunkBenchmark.clockAlone"), 10);
        atMost("chunk, B", of("ChunkBenchmark.call/bytes"), 0.5);
        atLeast("chunk against a Micrometer timer", of("ChunkBenchmark.micrometerTimer") / chunk, 3.5);
        double fastest = figures.least(figures.names(name ->
                        name.startsWith("ChunkBenchmark.prometheus") || name.startsWith("ChunkBenchmark.openTel")))
                .orElse(Double.NaN);
        atLeast("chunk against the fastest other histogram", fastest / chunk, 1.6);
    }

    private void wholeCall() {
        wholeCall(200, 0.5);
        wholeCall(20, 0.75);
        wholeCall(0, 0.9);
    }

    private void wholeCall(int chunks, double time) {
        String ours = "CallBenchmark.llmops:" + chunks + ":ALL";
        String byHand = "CallBenchmark.byHand:" + chunks + ":ALL";
        atMost("call of " + chunks + " chunks against by hand, time", ratio(ours, byHand), time);
        atMost("call of " + chunks + " chunks against by hand, bytes", ratio(ours + "/bytes", byHand + "/bytes"), 0.9);
    }

    private void twoThreads(String what, String name) {
        atLeast("two threads against one, " + what, 2 * of(name) / figures.of(name, 2), 1.8);
    }

    private void cost() {
        atMost("price a call, ns", of("PricingBenchmark.cachedCall"), 150);
        atMost("price a tiered call, ns", of("PricingBenchmark.tieredCall"), 250);
        atMost("account a call, ns", of("AccountingBenchmark.accounts"), 250);
        atMost("an account by user, B", of("Sizes.llmops:a user's account"), 200);
        atMost("price a call, B", of("PricingBenchmark.cachedCall/bytes"), 400);
        atMost("price a tiered call, B", of("PricingBenchmark.tieredCall/bytes"), 400);
        double bareTime = of("LedgerBenchmark.bareBatchedInserts");
        atLeast("ledger against bare inserts, rows/s", bareTime / of("LedgerBenchmark.throughTheLedger"), 0.5);
    }

    private void slo() {
        atMost("record a good event, ns", of("SloBenchmark.recordGood"), 40);
        atMost("record a bad event, ns", of("SloBenchmark.recordBad"), 40);
        atMost("judge all windows, ns", of("SloBenchmark.judgeAllWindows"), 20_000);
        atMost("an objective's series of 30 days, KiB", of("Sizes.llmops:an objective's series of 30 days") / 1024, 96);
    }

    private void redaction() {
        for (String name : figures.names(name -> name.startsWith("RedactionBenchmark.") && name.contains("CLEAN"))) {
            atMost(name.substring(name.indexOf(':') + 1) + ", ns a character", of(name), 5);
        }
        List<String> whole = figures.names(name -> name.startsWith(HOSTILE + "whole"));
        atMost(
                "slowest hostile text, ns a character",
                most(whole.stream().mapToDouble(this::of).toArray()),
                50);
        // Scores are by character, so that twice the text takes twice the ratio of the scores.
        double[] growth = whole.stream()
                .mapToDouble(name -> 2 * of(name) / of(name.replace(HOSTILE + "whole", HOSTILE + "half")))
                .toArray();
        atMost("hostile text against its half, at most", most(growth), 2.6);
    }

    private void logsAndSpans() {
        for (String mode : List.of("NESTED", "FLAT", "MESSAGE_JSON")) {
            atMost(
                    "log event " + mode + " against by hand, time",
                    ratio("LogEventBenchmark.event:" + mode, "LogEventBenchmark.event:BY_HAND"),
                    mode.equals("FLAT") ? 1 : 0.9);
        }
        atMost(
                "first 100 calls of a process against by hand",
                ratio("FirstCallsBenchmark.llmopsWarmedUp:100", "FirstCallsBenchmark.byHand:100"),
                1.2);
        double alone = of("SpanBenchmark.callAlone");
        atMost(
                "span by the bare SDK's, time",
                (of("SpanBenchmark.callWithCallSpans") - alone) / (of("SpanBenchmark.callWithBareSpan") - alone),
                1);
    }

    private void gateway() {
        atMost("gateway's first byte at half load, P50, ms added", of("GatewayLoad.added:half:firstByteP50"), 0.3);
        atMost("gateway's first byte at half load, P99, ms added", of("GatewayLoad.added:half:firstByteP99"), 1);
        atLeast("gateway's requests at full load by a bare relay's", of("GatewayLoad.share:full:requests"), 0.8);
    }

    private double of(String name) {
        return figures.of(name);
    }

    private double ratio(String ours, String other) {
        return of(ours) / of(other);
    }

    private static double most(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    private static void atMost(String what, double measured, double goal) {
        row(what, measured, "≤ " + text(goal), measured <= goal);
    }

    private static void atLeast(String what, double measured, double goal) {
        row(what, measured, "≥ " + text(goal), measured >= goal);
    }

    private static void row(String what, double measured, String goal, boolean reached) {
        if (Double.isFinite(measured)) {
            System.out.printf(
                    "| %s | %s | %s | %s |%n", what, text(measured), goal, reached ? "reached" : "**missed**");
        }
    }

    private static String text(double figure) {
        return new BigDecimal(figure)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
