package dev.llmops.cost.ledger.export;

import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.core.record.CostComponent;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The charges of an entry in the terms of FOCUS. */
final class FocusCharges {

    private FocusCharges() {}

    /** The price components; of a cost that has none, such as a provider's own figure, the call as a whole. */
    static List<CostComponent> of(LedgerEntry entry) {
        BigDecimal amount = entry.cost().amountOrNull();
        if (amount == null || !entry.cost().components().isEmpty()) {
            return amount == null ? List.of() : entry.cost().components();
        }
        return List.of(new CostComponent("requests", BigDecimal.ONE, amount, BigDecimal.ONE, amount, null));
    }

    /** The part of the amount that the components do not explain. */
    static BigDecimal rest(LedgerEntry entry, List<CostComponent> charges) {
        return charges.stream().map(CostComponent::amount).reduce(entry.amountOrZero(), BigDecimal::subtract);
    }

    /**
     * Model and component: {@code openai/gpt-4o/input_tokens}. Taken from the price's id where there is one, since the same
     * price serves a model under every name that it is called by, and a price must belong to one SKU.
     */
    static String sku(LedgerEntry entry, CostComponent charge) {
        String priceId = charge.priceId();
        String model = priceId == null ? entry.provider() + "/" + entry.model() : priceId.split("[@#]", 2)[0];
        return model + "/" + charge.bucket();
    }

    static String skuPrice(LedgerEntry entry, CostComponent charge) {
        return charge.priceId() == null ? sku(entry, charge) + "/unlisted" : charge.priceId();
    }

    /** {@code cache_read_tokens} counts {@code Tokens}. */
    static String unit(String bucket) {
        return capitalized(bucket.substring(bucket.lastIndexOf('_') + 1));
    }

    /** {@code cache_read_tokens} is metered as {@code Cache Read Tokens}. */
    static String meter(String bucket) {
        return Arrays.stream(bucket.split("_")).map(FocusCharges::capitalized).collect(Collectors.joining(" "));
    }

    private static String capitalized(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** JSON; the user only as a pseudonym, or not at all without pseudonyms. */
    static String tags(LedgerEntry entry, @Nullable Pseudonyms users) {
        Map<String, String> tags = new LinkedHashMap<>();
        put(tags, "feature", entry.feature());
        put(tags, "version_set", entry.versionSet());
        if (entry.user() != null && users != null) {
            put(tags, "user_hash", users.of(entry.user()));
        }
        entry.attributes().forEach(tags::putIfAbsent);
        return json(tags);
    }

    /** A flex price is the provider's to change with its load; every other one is a list price. */
    static String pricingCategory(LedgerEntry entry) {
        return "flex".equals(entry.serviceTier()) ? "Dynamic" : "Standard";
    }

    /** JSON, or null where nothing is special about the price. */
    static @Nullable String priceDetails(LedgerEntry entry, CostComponent charge) {
        Map<String, String> details = new LinkedHashMap<>();
        put(details, "x_ServiceTier", entry.serviceTier());
        put(details, "x_CacheTtl", cacheTtl(charge.bucket()));
        put(details, "x_PriceBookVersion", entry.cost().priceBookVersion());
        if (details.isEmpty()) {
            return null;
        }
        return json(details);
    }

    private static String json(Map<String, String> texts) {
        return EntryJson.text(json -> {
            json.writeStartObject();
            texts.forEach(json::writeStringProperty);
            json.writeEndObject();
        });
    }

    private static void put(Map<String, String> details, String name, @Nullable String value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    /** {@code cache_write_1h_tokens} are kept for {@code 1h}. */
    private static @Nullable String cacheTtl(String bucket) {
        return Arrays.stream(bucket.split("_"))
                .filter(word -> word.equals("5m") || word.equals("1h"))
                .findFirst()
                .orElse(null);
    }
}
