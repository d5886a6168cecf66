package dev.llmops.report.operations;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Costs rolled up by an id, currency by currency. */
final class Spenders {

    private static final int WORST = 10;

    private static final class Sum {
        BigDecimal amount = BigDecimal.ZERO;
        long calls;
    }

    private final Map<String, Map<String, Sum>> byCurrency = new TreeMap<>();

    void add(String id, String currency, BigDecimal amount) {
        if (!id.isEmpty()) {
            Sum sum =
                    byCurrency.computeIfAbsent(currency, key -> new HashMap<>()).computeIfAbsent(id, key -> new Sum());
            sum.amount = sum.amount.add(amount);
            sum.calls++;
        }
    }

    /** Returns those that cost most in each currency, of at least so many calls; amounts of two currencies are not compared. */
    List<OperationsReport.Spent> costliest(long fewestCalls) {
        List<OperationsReport.Spent> all = all(fewestCalls);
        return byCurrency.keySet().stream()
                .flatMap(currency -> all.stream()
                        .filter(spent -> spent.currency().equals(currency))
                        .sorted(Comparator.comparing(OperationsReport.Spent::amount)
                                .reversed()
                                .thenComparing(OperationsReport.Spent::id))
                        .limit(WORST))
                .toList();
    }

    private List<OperationsReport.Spent> all(long fewestCalls) {
        List<OperationsReport.Spent> all = new ArrayList<>();
        byCurrency.forEach((currency, ids) -> ids.forEach((id, sum) -> {
            if (sum.calls >= fewestCalls) {
                all.add(new OperationsReport.Spent(id, currency, sum.amount, sum.calls));
            }
        }));
        return all;
    }

    /** Returns median and P90 of the cost of one: the smallest costs that at least so many do not exceed. */
    List<Figure> figures(String section, String name, long fewestCalls) {
        List<Figure> figures = new ArrayList<>();
        for (String currency : byCurrency.keySet()) {
            List<BigDecimal> sorted = all(fewestCalls).stream()
                    .filter(spent -> spent.currency().equals(currency))
                    .map(OperationsReport.Spent::amount)
                    .sorted()
                    .toList();
            if (!sorted.isEmpty()) {
                figures.add(Figure.money(section, name + ", median", at(sorted, .5), currency, sorted.size()));
                figures.add(Figure.money(section, name + ", P90", at(sorted, .9), currency, sorted.size()));
            }
        }
        return figures;
    }

    private static BigDecimal at(List<BigDecimal> sorted, double ratio) {
        return sorted.get(Math.max(0, (int) Math.ceil(ratio * sorted.size()) - 1));
    }
}
