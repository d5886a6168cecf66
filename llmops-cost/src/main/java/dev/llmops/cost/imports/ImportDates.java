package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Conditions;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.Rate;
import java.time.Instant;
import java.util.Map;

/**
 * The dates of prices that have none of their own.
 *
 * @param published when they were read, and became known
 * @param effective when they begin to hold
 */
record ImportDates(Instant published, Instant effective) {

    private static final String MIDNIGHT = "T00:00:00Z";

    static ImportDates on(Instant published) {
        return new ImportDates(published, published);
    }

    /** Makes an entry whose id names the model, the start, and the day of the file if the entry was backdated. */
    PriceEntry entry(String model, String suffix, Conditions when, Map<UsageKind, Rate> rates) {
        String backdated = effective.isBefore(published) ? "/backdated-" + text(published) : "";
        String id = model + '@' + text(effective) + backdated + suffix;
        return new PriceEntry(id, effective, null, published, null, when, rates, null);
    }

    /** Adds the only entry of a model, unless nothing of it has a price. */
    void addEntry(ModelPrices.Builder builder, String model, PriceSteps steps, ImportFindings findings) {
        Map<UsageKind, Rate> rates = steps.rates();
        if (rates.isEmpty()) {
            findings.addWithoutPrice();
        } else {
            builder.addEntry(entry(model, "", Conditions.NONE, rates));
        }
    }

    private static String text(Instant at) {
        String text = at.toString();
        return text.endsWith(MIDNIGHT) ? text.substring(0, text.length() - MIDNIGHT.length()) : text;
    }
}
