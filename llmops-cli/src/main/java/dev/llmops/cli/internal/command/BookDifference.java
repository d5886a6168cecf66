package dev.llmops.cli.internal.command;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The differences between the prices of two books, a line for each price. */
final class BookDifference {

    private BookDifference() {}

    static List<String> of(PriceBook before, PriceBook after) {
        Map<String, Map<String, String>> old = prices(before);
        Map<String, Map<String, String>> now = prices(after);
        Set<String> models = new TreeSet<>(old.keySet());
        models.addAll(now.keySet());
        List<String> differences = new ArrayList<>();
        for (String model : models) {
            if (!now.containsKey(model)) {
                differences.add("- " + model);
            } else if (!old.containsKey(model)) {
                differences.add("+ " + model);
            } else {
                compare(model, old.get(model), now.get(model), differences);
            }
        }
        return differences;
    }

    private static void compare(
            String model,
            @Nullable Map<String, String> old,
            @Nullable Map<String, String> now,
            List<String> differences) {
        Map<String, String> before = Objects.requireNonNull(old);
        Map<String, String> after = Objects.requireNonNull(now);
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            String from = before.getOrDefault(key, "none");
            String to = after.getOrDefault(key, "none");
            if (!from.equals(to)) {
                differences.add("~ " + model + " " + key + ": " + from + " → " + to);
            }
        }
    }

    /** By model, the price of every kind of usage in every period and under every condition. */
    private static Map<String, Map<String, String>> prices(PriceBook book) {
        Map<String, Map<String, String>> models = new TreeMap<>();
        for (ModelPrices model : book.models()) {
            Map<String, String> prices = new TreeMap<>();
            for (PriceEntry entry : model.entries()) {
                entry.rates().forEach((kind, rate) -> prices.put(key(entry, kind), price(rate, model.currency())));
            }
            models.merge(model.provider() + "/" + model.model(), prices, (a, b) -> {
                a.putAll(b);
                return a;
            });
        }
        return models;
    }

    private static String key(PriceEntry entry, UsageKind kind) {
        String when = entry.when().values().isEmpty()
                ? ""
                : " " + new TreeMap<>(entry.when().values());
        String from = entry.from() == null ? "" : " from " + entry.from();
        return kind.key() + from + when;
    }

    private static String price(Rate rate, String currency) {
        StringBuilder text = new StringBuilder();
        for (Rate.Step step : rate.steps()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(step.from() == 0 ? "" : "from " + step.from() + " ")
                    .append(
                            step.price() == null
                                    ? "unpriced"
                                    : step.price().stripTrailingZeros().toPlainString());
        }
        return text + " " + currency + " per " + rate.per().stripTrailingZeros().toPlainString();
    }
}
