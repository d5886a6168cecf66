package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects what an importer has to say about the entry at hand. */
final class ImportFindings {

    /** A double written in decimal has up to 17 digits; no price list quotes more than 15. */
    private static final MathContext PRICE_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final BigDecimal LOWEST_TOKEN_PRICE = new BigDecimal("1e-10");
    private static final BigDecimal HIGHEST_TOKEN_PRICE = new BigDecimal("1e-2");

    private final List<PriceImport.Report.Finding> findings = new ArrayList<>();
    private final Map<String, Integer> priceKeys = new TreeMap<>();
    private String model = "";

    void enter(String entry) {
        model = entry;
    }

    void countPriceKey(String key) {
        priceKeys.merge(key, 1, Integer::sum);
    }

    void add(PriceImport.Report.Kind kind, String key, String message) {
        findings.add(new PriceImport.Report.Finding(kind, model, key, message));
    }

    void addWithoutPrice() {
        add(PriceImport.Report.Kind.WITHOUT_PRICE, "", "has no price; calls of it will be unpriced");
    }

    /** Notes a key that an object has twice; {@code path} begins with the entry. */
    void addDuplicate(String path) {
        findings.add(new PriceImport.Report.Finding(
                PriceImport.Report.Kind.DUPLICATE, path, "", "occurs twice in its object; the last one counts"));
    }

    /** An amount; numbers that are traces of binary fractions are rounded, texts are taken as they are. */
    @Nullable
    BigDecimal amount(String key, @Nullable JsonNode node) {
        BigDecimal value;
        try {
            value = Json.price(node);
        } catch (IllegalArgumentException e) {
            add(PriceImport.Report.Kind.NOT_REPRESENTED, key, String.valueOf(e.getMessage()));
            return null;
        }
        return value == null || node == null || !node.isNumber() ? value : rounded(key, value);
    }

    @Nullable
    BigDecimal rounded(String key, @Nullable BigDecimal value) {
        if (value == null || value.precision() <= PRICE_DIGITS.getPrecision()) {
            return value;
        }
        BigDecimal rounded = value.round(PRICE_DIGITS).stripTrailingZeros();
        add(PriceImport.Report.Kind.ROUNDED, key, value + " was rounded to " + rounded);
        return rounded;
    }

    void checkPlausible(String key, UsageKind kind, @Nullable BigDecimal price, BigDecimal per) {
        if (kind.family() != UsageKind.Family.TOKENS || price == null || price.signum() == 0) {
            return;
        }
        BigDecimal perToken = price.divide(per, PRICE_DIGITS);
        if (perToken.compareTo(LOWEST_TOKEN_PRICE) < 0 || perToken.compareTo(HIGHEST_TOKEN_PRICE) > 0) {
            add(
                    PriceImport.Report.Kind.WARNING,
                    key,
                    perToken.toPlainString() + " per token is beyond what tokens cost; is the unit right?");
        }
    }

    PriceImport.Report report(int entries, int models) {
        return new PriceImport.Report(entries, models, findings, priceKeys);
    }
}
