package dev.llmops.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;

/** Prints whole calls by chunks and view, each beside the same features by hand. */
final class CallTable {

    private final Figures figures;

    CallTable(Figures figures) {
        this.figures = figures;
    }

    void print(int threads) {
        System.out.println("| chunks | view | ns | by hand | ratio | B | by hand | ratio |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int chunks : new int[] {0, 20, 200}) {
            for (View view : View.values()) {
                String call = ":" + chunks + ":" + view;
                System.out.printf(
                        "| %d | %s | %s | %s |%n", chunks, view, sides(call, threads), sides(call + "/bytes", threads));
            }
        }
    }

    private String sides(String call, int threads) {
        double ours = figures.of("CallBenchmark.llmops" + call, threads);
        double byHand = figures.of("CallBenchmark.byHand" + call, threads);
        return rounded(ours) + " | " + rounded(byHand) + " | " + rounded(ours / byHand);
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
