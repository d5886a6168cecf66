package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Rate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Collects the prices of a model that has one set of prices, and others for prompts of more than some number of tokens.
 * A kind that a larger prompt's set does not name keeps its price.
 */
final class PriceSteps {

    private final ImportFindings findings;
    private final Map<UsageKind, TreeMap<Long, BigDecimal>> steps = new TreeMap<>();
    private final Map<UsageKind, BigDecimal> per = new TreeMap<>();

    PriceSteps(ImportFindings findings) {
        this.findings = findings;
    }

    /** Adds a price that holds from a number of input tokens on; reports one that is none. */
    void add(String key, UsageKind kind, @Nullable JsonNode value, BigDecimal perUnits, long from) {
        BigDecimal price = findings.amount(key, value);
        if (price != null) {
            findings.countPriceKey(key);
            findings.checkPlausible(key, kind, price, perUnits);
            steps.computeIfAbsent(kind, each -> new TreeMap<>()).put(from, price);
            per.put(kind, perUnits);
        }
    }

    Map<UsageKind, Rate> rates() {
        Map<UsageKind, Rate> rates = new TreeMap<>();
        steps.forEach((kind, prices) -> {
            List<Rate.Step> all = new ArrayList<>();
            if (!prices.containsKey(0L)) {
                all.add(new Rate.Step(0, null, false));
            }
            prices.forEach((from, price) -> all.add(new Rate.Step(from, price, false)));
            rates.put(kind, new Rate(all, per.getOrDefault(kind, BigDecimal.ONE), false));
        });
        return rates;
    }
}
