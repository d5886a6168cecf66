package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.Json;
import dev.llmops.cost.internal.PriceUnits;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a file in the price book format, which {@code docs/cost.md} describes. */
public final class PriceBookFile {

    static final String FORMAT = "llmops-price-book/1";

    /** Stands for a price where a kind of usage has none of its own below or above a number of tokens. */
    static final String UNPRICED = "unpriced";

    private static final Set<String> TIMES = Set.of("hours", "weekdays", "windows", "zone", "weekday_zone");

    private final List<PriceBookException.Problem> problems = new ArrayList<>();
    private final List<ModelPrices> models = new ArrayList<>();
    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final List<Discount> discounts = new ArrayList<>();
    private @Nullable Instant published;
    private String currency = "USD";

    /** Other names of a provider, the providers whose models it resells, at their prices, and where its own were read. */
    public record Provider(
            List<ModelMatch> aliases,
            List<String> resells,
            @Nullable String source) {}

    static PriceBookFile parse(String text) {
        PriceBookFile file = new PriceBookFile();
        try {
            JsonNode root = Json.yaml(text);
            file.read(new PriceNode(root, "", file.problems));
        } catch (IllegalArgumentException e) {
            file.problems.add(new PriceBookException.Problem("", "is no YAML or JSON: " + e.getMessage()));
        }
        return file;
    }

    List<PriceBookException.Problem> problems() {
        return problems;
    }

    List<ModelPrices> models() {
        return models;
    }

    Map<String, Provider> providers() {
        return providers;
    }

    List<Discount> discounts() {
        return discounts;
    }

    @Nullable
    Instant published() {
        return published;
    }

    private void read(PriceNode root) {
        String format = root.requiredText("format");
        if (!format.isEmpty() && !format.equals(FORMAT)) {
            root.problem("format", "is " + format + " — " + FORMAT);
        }
        published = root.instant("published");
        if (!root.isGiven("published")) {
            root.problem(
                    "published",
                    "is missing — the date on which the prices were looked up — add published: 2026-08-20");
        }
        currency = readCurrency(root, "USD");
        for (PriceNode provider : root.objects("providers")) {
            List<ModelMatch> aliases = new ArrayList<>();
            provider.get("aliases").forEach(alias -> aliases.add(readMatch(provider, "aliases", alias)));
            providers.put(
                    provider.requiredText("id"),
                    new Provider(aliases, provider.texts("resells"), provider.text("source")));
            provider.rejectOthers();
        }
        for (PriceNode model : root.objects("models")) {
            readModel(model);
        }
        root.objects("discounts").forEach(this::readDiscount);
        root.rejectOthers();
    }

    private void readDiscount(PriceNode fields) {
        String id = fields.requiredText("id");
        BigDecimal percent = fields.price("percent");
        JsonNode model = fields.get("model");
        ModelMatch match = model.isMissingNode() ? null : readMatch(fields, "model", model);
        String provider = fields.text("provider");
        Instant from = fields.instant("from");
        Instant until = fields.instant("until");
        fields.rejectOthers();
        if (percent == null) {
            fields.problem("percent", "is missing — above 0 and below 100 — add it");
            return;
        }
        try {
            discounts.add(new Discount(id, provider, match, from, until, percent));
        } catch (IllegalArgumentException e) {
            fields.problem(id, String.valueOf(e.getMessage()));
        }
    }

    private static String readCurrency(PriceNode fields, String otherwise) {
        String code = fields.text("currency");
        if (code == null) {
            return otherwise;
        }
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            fields.problem("currency", "is " + code + " — an ISO 4217 code such as USD");
            return otherwise;
        }
    }

    private void readModel(PriceNode model) {
        int before = problems.size();
        String name = model.requiredText("provider") + '/' + model.requiredText("model");
        ModelPrices.Builder builder = ModelPrices.builder(model.requiredText("provider"), model.requiredText("model"))
                .currency(readCurrency(model, currency));
        model.get("match").forEach(clause -> builder.addMatch(readMatch(model, "match", clause)));
        String unknownTier = model.text("unknown_service_tier");
        if (unknownTier != null && !unknownTier.equals("standard") && !unknownTier.equals("unpriced")) {
            model.problem("unknown_service_tier", "is " + unknownTier + " — standard or unpriced");
        }
        builder.standardForUnknownTier("standard".equals(unknownTier));
        Map<String, PriceEntry> entries = new LinkedHashMap<>();
        Provider provider = providers.get(model.requiredText("provider"));
        String source = provider == null ? null : provider.source();
        for (PriceNode price : model.objects("prices")) {
            PriceEntry entry = readEntry(price, name, entries, source);
            entries.putIfAbsent(entry.id(), entry);
            builder.addEntry(entry);
        }
        boolean incomplete = model.flag("incomplete");
        if (entries.isEmpty() && !incomplete) {
            model.problem("prices", "is empty — one entry or more — add a price");
        }
        model.objects("adjustments").forEach(adjustment -> builder.addAdjustment(readAdjustment(adjustment)));
        model.rejectOthers();
        if (problems.size() == before) {
            try {
                models.add(incomplete ? builder.buildIncomplete() : builder.build());
            } catch (PriceBookException e) {
                problems.addAll(e.problems());
            }
        }
    }

    private static ModelMatch readMatch(PriceNode owner, String field, JsonNode clause) {
        if (clause.isString()) {
            return new ModelMatch.Equal(clause.asString());
        }
        try {
            return MatchClauses.read(clause);
        } catch (IllegalArgumentException e) {
            owner.problem(field, String.valueOf(e.getMessage()));
            return new ModelMatch.AnyOf(List.of());
        }
    }

    private PriceEntry readEntry(
            PriceNode price, String model, Map<String, PriceEntry> earlier, @Nullable String sourceOfProvider) {
        String corrects = price.text("corrects");
        PriceEntry corrected = corrects == null ? null : earlier.get(corrects);
        boolean saysAll = price.isGiven("from") && price.isGiven("until") && price.isGiven("when");
        if (corrects != null && corrected == null && !saysAll) {
            price.problem("corrects", "is " + corrects + " — the id of an earlier entry of this model");
        }
        Instant from = price.instant("from");
        Instant until = price.instant("until");
        Instant recorded = price.instant("recorded");
        Conditions when = readConditions(price, "when");
        if (corrected != null) {
            from = price.isGiven("from") ? from : corrected.from();
            until = price.isGiven("until") ? until : corrected.until();
            when = price.isGiven("when") ? when : corrected.when();
        }
        if (corrects != null && !price.isGiven("recorded")) {
            price.problem("recorded", "is missing — the instant at which the correction became known — add it");
        }
        String id = price.text("id");
        if (id == null) {
            id = defaultId(model, from, when) + (corrects == null ? "" : "/corrected@" + recorded);
        }
        Map<UsageKind, Rate> rates = readRates(price);
        String source = price.isGiven("source") ? price.text("source") : sourceOfProvider;
        price.rejectOthers();
        return new PriceEntry(id, from, until, recorded, corrects, when, rates, source);
    }

    /** A name that stays the same as long as the entry does: model, start and conditions. */
    private static String defaultId(String model, @Nullable Instant from, Conditions when) {
        StringBuilder id = new StringBuilder(model);
        if (from != null) {
            String text = from.toString();
            id.append('@').append(text.endsWith("T00:00:00Z") ? text.substring(0, 10) : text);
        }
        new TreeMap<>(when.values())
                .forEach((property, values) ->
                        id.append('/').append(property).append('=').append(String.join("|", new TreeSet<>(values))));
        return id.append(when.times() == null ? "" : "/hours").toString();
    }

    private static Conditions readConditions(PriceNode owner, String name) {
        if (!owner.has(name)) {
            return Conditions.NONE;
        }
        PriceNode when = owner.at(owner.get(name), name);
        Map<String, Set<String>> values = new HashMap<>();
        for (String property : when.names()) {
            if (!TIMES.contains(property)) {
                Set<String> allowed = new HashSet<>(when.texts(property));
                if (allowed.isEmpty()) {
                    when.problem(property, "is empty — at least one value");
                } else {
                    values.put(property, allowed);
                }
            }
        }
        return new Conditions(values, readHours(when));
    }

    private static @Nullable WeeklyWindows readHours(PriceNode when) {
        List<WeeklyWindows.Window> windows = new ArrayList<>(readWindows(when));
        when.objects("windows").forEach(window -> {
            windows.addAll(readWindows(window));
            window.rejectOthers();
        });
        ZoneId zone = readZone(when, "zone", "UTC");
        ZoneId weekdayZone = readZone(when, "weekday_zone", zone.getId());
        return windows.isEmpty() ? null : new WeeklyWindows(windows, zone, weekdayZone);
    }

    private static List<WeeklyWindows.Window> readWindows(PriceNode when) {
        List<String> hours = when.texts("hours");
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : when.texts("weekdays")) {
            try {
                days.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                when.problem("weekdays", "is " + day + " — names such as monday");
            }
        }
        if (hours.isEmpty() && days.isEmpty()) {
            return List.of();
        }
        List<WeeklyWindows.Window> windows = new ArrayList<>();
        for (String range : hours.isEmpty() ? List.of("00:00-00:00") : hours) {
            try {
                windows.add(WeeklyWindows.Window.parse(range, days));
            } catch (IllegalArgumentException e) {
                when.problem("hours", String.valueOf(e.getMessage()));
            }
        }
        return windows;
    }

    private static ZoneId readZone(PriceNode when, String name, String otherwise) {
        String zone = when.text(name);
        try {
            return ZoneId.of(zone == null ? otherwise : zone);
        } catch (DateTimeException e) {
            when.problem(name, "is " + zone + " — a time zone such as Asia/Shanghai");
            return ZoneId.of("UTC");
        }
    }

    private static Map<UsageKind, Rate> readRates(PriceNode price) {
        Map<UsageKind, Rate> rates = new TreeMap<>();
        if (!price.has("rates")) {
            price.problem("rates", "is empty — the price of one kind of usage or more — add for example input_tokens");
            return rates;
        }
        PriceNode fields = price.at(price.get("rates"), "rates");
        for (String key : fields.names()) {
            UsageKind kind = UsageKind.ofKey(key).orElse(null);
            if (kind == null) {
                fields.problem(key, "is no kind of usage");
            } else {
                Rate rate = readRate(fields, key, kind);
                if (rate != null) {
                    rates.put(kind, rate);
                }
            }
        }
        return rates;
    }

    private static @Nullable Rate readRate(PriceNode rates, String key, UsageKind kind) {
        JsonNode value = rates.get(key);
        BigDecimal per = PriceUnits.usualPer(kind);
        if (!value.isObject()) {
            BigDecimal price = rates.priceOf(value, key);
            return price == null ? null : Rate.flat(price, per);
        }
        PriceNode rate = rates.at(value, key);
        BigDecimal price = readPrice(rate);
        if (price == null && !isUnpriced(rate)) {
            rate.problem("price", "is missing — the price below the first tier — add it");
            return null;
        }
        BigDecimal givenPer = rate.price("per");
        boolean graduated = rate.flag("graduated");
        List<Rate.Step> steps = new ArrayList<>(List.of(new Rate.Step(0, price, rate.flag("assumed"))));
        for (PriceNode tier : rate.objects("tiers")) {
            BigDecimal tierPrice = readPrice(tier);
            if (tier.has("above") == tier.has("from") || (tierPrice == null && !isUnpriced(tier))) {
                tier.problem("price", "is incomplete — a price with either above or from — add what is missing");
            } else {
                long first = tier.has("above") ? tier.wholeNumber("above") + 1 : tier.wholeNumber("from");
                steps.add(new Rate.Step(first, tierPrice, tier.flag("assumed")));
            }
            tier.rejectOthers();
        }
        rate.rejectOthers();
        try {
            return new Rate(steps, givenPer == null ? per : givenPer, graduated);
        } catch (IllegalArgumentException e) {
            rates.problem(key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable BigDecimal readPrice(PriceNode step) {
        return isUnpriced(step) ? null : step.price("price");
    }

    private static boolean isUnpriced(PriceNode step) {
        return step.get("price").isString() && step.get("price").asString().equals(UNPRICED);
    }

    private static Adjustment readAdjustment(PriceNode fields) {
        BigDecimal factor = fields.price("factor");
        if (factor == null) {
            fields.problem("factor", "is missing — a value is needed — add it");
        }
        Set<Adjustment.Side> sides = EnumSet.noneOf(Adjustment.Side.class);
        for (String side : fields.texts("on")) {
            try {
                sides.add(Adjustment.Side.valueOf(side.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                fields.problem("on", "is " + side + " — input, output or other");
            }
        }
        if (sides.isEmpty()) {
            sides = EnumSet.allOf(Adjustment.Side.class);
        }
        long inputFrom = fields.has("input_tokens_above")
                ? fields.wholeNumber("input_tokens_above") + 1
                : fields.wholeNumber("input_tokens_from");
        Adjustment adjustment = new Adjustment(
                fields.requiredText("id"),
                fields.instant("from"),
                fields.instant("until"),
                readConditions(fields, "when"),
                inputFrom,
                factor == null ? BigDecimal.ONE : factor,
                sides);
        fields.rejectOthers();
        return adjustment;
    }
}
