package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.Conditions;
import dev.llmops.cost.book.ModelMatch;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.Rate;
import dev.llmops.cost.book.WeeklyWindows;
import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads entries in the form of LiteLLM's price file: amounts per single unit by keys such as
 * {@code input_cost_per_token_above_200k_tokens}.
 *
 * <p>Where versions of LiteLLM differ, this is what is read: a table of ranges charges the whole request at one row;
 * each price chooses its own threshold, which must be exceeded, and reached at xAI; off-peak prices beat tables,
 * thresholds and service tiers in what they name; batch processing costs half of standard where no batch price is given,
 * and that is an estimate, as is any price that a service tier takes from the standard one.
 *
 * @since 0.1.0
 */
public final class LiteLlmFormat {

    private static final String SEARCH_SIZE = "search_context_size";
    private static final String SEARCH_COST = "search_context_cost_per_query";
    private static final String TABLE = "tiered_pricing";
    private static final String OFF_PEAK = "off_peak_pricing";
    private static final String SPECIFIC = "provider_specific_entry";
    private static final String UPLIFT = "regional_processing_uplift_multiplier_";
    private static final String ENDPOINT_UPLIFT = "regional_endpoint_uplift_multiplier";

    /** The endpoints of Vertex AI besides the global one: multi-regions and regions of Google Cloud. */
    private static final String[] VERTEX_REGIONS = """
            us eu africa-south1 asia-east1 asia-east2 asia-northeast1 asia-northeast2 asia-northeast3 asia-south1 asia-south2 \
            asia-southeast1 asia-southeast2 australia-southeast1 australia-southeast2 europe-central2 europe-north1 \
            europe-north2 europe-southwest1 europe-west1 europe-west2 europe-west3 europe-west4 europe-west6 europe-west8 \
            europe-west9 europe-west10 europe-west12 me-central1 me-central2 me-west1 northamerica-northeast1 \
            northamerica-northeast2 northamerica-south1 southamerica-east1 southamerica-west1 us-central1 us-east1 us-east4 \
            us-east5 us-south1 us-west1 us-west2 us-west3 us-west4""".split(" ");

    private final String provider;
    private final String model;
    private final JsonNode entry;
    private final ImportFindings findings;
    private final @Nullable ImportDates dates;
    private final String mode;
    private final LiteLlmRates rates = new LiteLlmRates();
    private final ModelPrices.Builder prices;

    private LiteLlmFormat(
            String provider, String model, JsonNode entry, ImportFindings findings, @Nullable ImportDates dates) {
        this.provider = provider;
        this.model = model;
        this.entry = entry;
        this.findings = findings;
        this.dates = dates;
        this.mode = entry.path("mode").asString("");
        this.prices = ModelPrices.builder(provider, model).standardForUnknownTier(true);
    }

    /**
     * Reads the prices of one model. Keys that cannot be represented are left out; read the whole file with
     * {@link PriceFormat#LITELLM} for a report of them.
     *
     * @param provider who bills, such as {@code openai}; decides whether thresholds must be exceeded or reached
     * @param model the model's id
     * @param json one entry of the file
     * @return the prices
     */
    public static ModelPrices parseEntry(String provider, String model, String json) {
        return new LiteLlmFormat(provider, model, Json.json(json), new ImportFindings(), null).read();
    }

    /** Reads an entry of a file, whose prices hold from the day of the file on. */
    static ModelPrices read(String provider, String model, JsonNode entry, ImportFindings findings, ImportDates dates) {
        LiteLlmFormat format = new LiteLlmFormat(provider, model, entry, findings, dates);
        if (model.startsWith(provider + '/')) {
            format.prices.addMatch(new ModelMatch.Equal(model.substring(provider.length() + 1)));
        }
        return format.read();
    }

    private ModelPrices read() {
        entry.properties().forEach(property -> readKey(property.getKey(), property.getValue()));
        entry.path(TABLE).forEach(this::readRow);
        Map<UsageKind, Rate> standard = withSearches(rates.standard(), "medium");
        if (!standard.isEmpty()) {
            addEntries("", Conditions.NONE, standard);
            for (String tier : rates.specialTiers()) {
                addEntries(
                        '/' + tier,
                        Conditions.of(Conditions.SERVICE_TIER, tier),
                        withSearches(rates.tier(tier), "medium"));
            }
        }
        return prices.buildIncomplete();
    }

    private void readKey(String key, JsonNode value) {
        if (key.startsWith(UPLIFT)) {
            addMultiplier(key, Conditions.of(Conditions.REGION, key.substring(UPLIFT.length())), value);
        } else if (key.equals(ENDPOINT_UPLIFT)) {
            addMultiplier(key, Conditions.of(Conditions.REGION, VERTEX_REGIONS), value);
        } else if (key.equals(SPECIFIC) && value.isObject()) {
            value.properties().forEach(each -> readSpecific(each.getKey(), each.getValue()));
        } else if (Set.of(SEARCH_COST, OFF_PEAK, SPECIFIC).contains(key) && !value.isNull() && value.isEmpty()) {
            findings.add(
                    PriceImport.Report.Kind.NOT_REPRESENTED, key, "is " + Json.abbreviated(value) + " — an object");
        } else if (key.equals(OFF_PEAK) && offPeakWindows(value) == null) {
            findings.add(PriceImport.Report.Kind.NOT_REPRESENTED, key, "has no hours");
        } else if (isPriceKey(key) && !Set.of(TABLE, OFF_PEAK, SEARCH_COST).contains(key) && !value.isNull()) {
            LiteLlmKey parsed = LiteLlmKey.parse(key, mode).orElse(null);
            if (parsed == null) {
                findings.add(
                        PriceImport.Report.Kind.NOT_REPRESENTED, key, "a price book has no such unit or condition");
                return;
            }
            // The legacy name of a price must not shadow its present one.
            boolean shadowed = key.equals("input_cost_per_token_cache_hit") && entry.has("cache_read_input_token_cost");
            BigDecimal price = findings.amount(key, value);
            if (price != null && !shadowed) {
                findings.checkPlausible(key, parsed.kind(), price, parsed.per());
                rates.add(parsed, firstTokenAbove(parsed.above()), price);
            }
        }
    }

    /** Returns true if a key of an entry carries money, a factor on it, or a table of it. */
    static boolean isPriceKey(String key) {
        return key.contains("cost")
                || key.contains("multiplier")
                || Set.of(TABLE, OFF_PEAK, SPECIFIC).contains(key);
    }

    private long firstTokenAbove(long threshold) {
        boolean reached = provider.equals("xai");
        return threshold == 0 || reached ? threshold : threshold + 1;
    }

    private void readSpecific(String name, JsonNode factor) {
        Conditions when = name.equals("fast")
                ? Conditions.of(Conditions.SERVICE_TIER, name)
                : Conditions.of(Conditions.REGION, name);
        addMultiplier(SPECIFIC + '.' + name, when, factor);
    }

    private void addMultiplier(String key, Conditions when, JsonNode factor) {
        BigDecimal value = findings.amount(key, factor);
        if (value != null) {
            prices.addAdjustment(Adjustment.onAll(key, when, value));
        }
    }

    private void readRow(JsonNode row) {
        JsonNode range = row.path("range");
        long above = ForeignJson.tokens(range.path(0));
        // A last row may be open.
        long upTo =
                range.size() == 2 && range.path(1).isNull() ? Long.MAX_VALUE - 1 : ForeignJson.tokens(range.path(1));
        if (above < 0 || upTo <= above || range.size() != 2) {
            findings.add(PriceImport.Report.Kind.NOT_REPRESENTED, TABLE, "only rows with a range of tokens are read");
            return;
        }
        Map<UsageKind, BigDecimal> rowPrices = new TreeMap<>();
        row.properties().forEach(price -> {
            if (price.getKey().contains("cost")) {
                BigDecimal amount = findings.amount(TABLE + '.' + price.getKey(), price.getValue());
                LiteLlmKey key = LiteLlmKey.parse(price.getKey(), mode).orElse(null);
                if (key == null) {
                    findings.add(PriceImport.Report.Kind.NOT_REPRESENTED, TABLE + '.' + price.getKey(), "no such unit");
                } else if (amount != null) {
                    rowPrices.put(key.kind(), amount);
                }
            }
        });
        rates.add(new LiteLlmRates.Row(above, upTo, rowPrices));
    }

    private void addEntries(String suffix, Conditions when, Map<UsageKind, Rate> entryRates) {
        addPeakAndOffPeak(suffix, when, entryRates);
        for (String size : otherSearchSizes()) {
            addPeakAndOffPeak(suffix + "/search-" + size, and(when, SEARCH_SIZE, size), withSearches(entryRates, size));
        }
    }

    private void addPeakAndOffPeak(String suffix, Conditions when, Map<UsageKind, Rate> entryRates) {
        addEntry(suffix, when, entryRates);
        WeeklyWindows offPeak = offPeakWindows(entry.path(OFF_PEAK));
        if (offPeak != null) {
            Map<UsageKind, Rate> cheaper = new TreeMap<>(entryRates);
            entry.path(OFF_PEAK)
                    .properties()
                    .forEach(price -> LiteLlmKey.parse(price.getKey(), mode).ifPresent(key -> {
                        BigDecimal amount = findings.amount(OFF_PEAK + '.' + price.getKey(), price.getValue());
                        if (amount != null) {
                            cheaper.put(key.kind(), Rate.flat(amount, key.per()));
                        }
                    }));
            addEntry(suffix + "/off-peak", new Conditions(when.values(), offPeak), cheaper);
        }
    }

    private void addEntry(String suffix, Conditions when, Map<UsageKind, Rate> entryRates) {
        String name = provider + '/' + model;
        prices.addEntry(
                dates == null
                        ? PriceEntry.always(name + suffix, entryRates).when(when)
                        : dates.entry(name, suffix, when, entryRates));
    }

    private static Conditions and(Conditions when, String property, String value) {
        Map<String, Set<String>> values = new java.util.HashMap<>(when.values());
        values.put(property, Set.of(value));
        return new Conditions(values, when.times());
    }

    private Map<UsageKind, Rate> withSearches(Map<UsageKind, Rate> entryRates, String size) {
        Map<UsageKind, Rate> with = new TreeMap<>();
        with.putAll(entryRates);
        BigDecimal price = findings.amount(SEARCH_COST, searchCost(size));
        if (price != null) {
            with.put(UsageKind.WEB_SEARCHES, Rate.flat(price, BigDecimal.ONE));
        }
        return with;
    }

    private @Nullable JsonNode searchCost(String size) {
        return entry.path(SEARCH_COST).get(SEARCH_SIZE + '_' + size);
    }

    private List<String> otherSearchSizes() {
        BigDecimal medium = findings.amount(SEARCH_COST, searchCost("medium"));
        List<String> sizes = new ArrayList<>();
        for (String size : List.of("low", "high")) {
            BigDecimal price = findings.amount(SEARCH_COST, searchCost(size));
            if (price != null && (medium == null || price.compareTo(medium) != 0)) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    /**
     * Reads hours such as {@code {"hours_utc": "16:30-00:30"}}.
     *
     * @return the windows, or null if the block has none
     */
    public static @Nullable WeeklyWindows offPeakWindows(JsonNode block) {
        List<WeeklyWindows.Window> windows = new ArrayList<>(windows(block));
        block.path("windows").forEach(window -> windows.addAll(windows(window)));
        String zone = block.path("weekday_timezone").asString("UTC");
        return windows.isEmpty() ? null : new WeeklyWindows(windows, ZoneOffset.UTC, ZoneId.of(zone));
    }

    private static List<WeeklyWindows.Window> windows(JsonNode block) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        block.path("weekdays").forEach(day -> days.add(DayOfWeek.of(day.asInt())));
        JsonNode hours = block.path("hours_utc");
        List<WeeklyWindows.Window> windows = new ArrayList<>();
        if (hours.isArray()) {
            hours.forEach(range -> windows.add(WeeklyWindows.Window.parse(range.asString(), days)));
        } else if (hours.isString()) {
            windows.add(WeeklyWindows.Window.parse(hours.asString(), days));
        }
        return windows;
    }
}
