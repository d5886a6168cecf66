package dev.llmops.cost.book;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a book in the format of its files, so that reading it gives an equal book. */
final class PriceBookWriter {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final Map<String, PriceBookFile.Provider> providers;

    PriceBookWriter(Map<String, PriceBookFile.Provider> providers) {
        this.providers = providers;
    }

    String write(@Nullable Instant published, Collection<ModelPrices> models) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("format", PriceBookFile.FORMAT);
        root.put("published", text(published));
        put(
                root,
                "providers",
                providers.entrySet().stream()
                        .map(each -> provider(each.getKey(), each.getValue()))
                        .toList());
        root.put("models", models.stream().map(this::model).toList());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static Map<String, @Nullable Object> provider(String id, PriceBookFile.Provider provider) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", id);
        put(
                map,
                "aliases",
                provider.aliases().stream().map(PriceBookWriter::match).toList());
        put(map, "resells", provider.resells());
        put(map, "source", provider.source());
        return map;
    }

    private Map<String, @Nullable Object> model(ModelPrices model) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("provider", model.provider());
        map.put("model", model.model());
        map.put("currency", model.currency());
        put(map, "match", model.matches().stream().map(PriceBookWriter::match).toList());
        if (model.isStandardForUnknownTier()) {
            map.put("unknown_service_tier", "standard");
        }
        if (model.entries().isEmpty() || !PriceCheck.incompleteRates(model).isEmpty()) {
            map.put("incomplete", true);
        }
        PriceBookFile.Provider provider = providers.get(model.provider());
        boolean inheritsSource = provider != null && provider.source() != null;
        map.put(
                "prices",
                model.entries().stream()
                        .map(entry -> entry(entry, inheritsSource))
                        .toList());
        put(
                map,
                "adjustments",
                model.adjustments().stream().map(PriceBookWriter::adjustment).toList());
        return map;
    }

    private static Object match(ModelMatch match) {
        if (match instanceof ModelMatch.AnyOf any) {
            return Map.of("or", any.rules().stream().map(PriceBookWriter::match).toList());
        }
        if (match instanceof ModelMatch.AllOf all) {
            return Map.of(
                    "and", all.rules().stream().map(PriceBookWriter::match).toList());
        }
        if (match instanceof ModelMatch.StartsWith starts) {
            return Map.of("starts_with", starts.text());
        }
        if (match instanceof ModelMatch.EndsWith ends) {
            return Map.of("ends_with", ends.text());
        }
        if (match instanceof ModelMatch.Contains contains) {
            return Map.of("contains", contains.text());
        }
        return match instanceof ModelMatch.Regex regex
                ? Map.of("regex", regex.pattern().pattern())
                : Map.of("equals", ((ModelMatch.Equal) match).text());
    }

    /** A correction takes what it does not say from the entry that it corrects, so it says everything. */
    private static Map<String, @Nullable Object> entry(PriceEntry entry, boolean inheritsSource) {
        boolean complete = entry.corrects() != null;
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", entry.id());
        put(map, "from", text(entry.from()), complete);
        put(map, "until", text(entry.until()), complete);
        put(map, "recorded", text(entry.recorded()), complete);
        put(map, "corrects", entry.corrects());
        put(map, "when", conditions(entry.when()), complete);
        Map<String, @Nullable Object> rates = new LinkedHashMap<>();
        entry.rates().forEach((kind, rate) -> rates.put(kind.key(), rate(rate)));
        map.put("rates", rates);
        put(map, "source", entry.source(), inheritsSource);
        return map;
    }

    private static Map<String, @Nullable Object> rate(Rate rate) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        putPrice(map, rate.steps().get(0));
        map.put("per", rate.per());
        if (rate.graduated()) {
            map.put("graduated", true);
        }
        put(
                map,
                "tiers",
                rate.steps().stream().skip(1).map(PriceBookWriter::tier).toList());
        return map;
    }

    private static Map<String, @Nullable Object> tier(Rate.Step step) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("from", step.from());
        putPrice(map, step);
        return map;
    }

    private static void putPrice(Map<String, @Nullable Object> map, Rate.Step step) {
        BigDecimal price = step.price();
        map.put("price", price == null ? PriceBookFile.UNPRICED : price);
        if (step.assumed()) {
            map.put("assumed", true);
        }
    }

    private static Map<String, @Nullable Object> adjustment(Adjustment adjustment) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", adjustment.id());
        put(map, "from", text(adjustment.from()));
        put(map, "until", text(adjustment.until()));
        put(map, "when", conditions(adjustment.when()));
        if (adjustment.inputFrom() > 0) {
            map.put("input_tokens_from", adjustment.inputFrom());
        }
        map.put("factor", adjustment.factor());
        map.put("on", words(adjustment.sides()));
        return map;
    }

    private static Map<String, @Nullable Object> conditions(Conditions when) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        new TreeMap<>(when.values()).forEach((property, values) -> map.put(property, new TreeSet<>(values)));
        WeeklyWindows times = when.times();
        if (times != null) {
            map.put(
                    "windows",
                    times.windows().stream().map(PriceBookWriter::window).toList());
            map.put("zone", times.hourZone().getId());
            map.put("weekday_zone", times.weekdayZone().getId());
        }
        return map;
    }

    private static Map<String, @Nullable Object> window(WeeklyWindows.Window window) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("hours", window.start() + "-" + window.end());
        if (!window.weekdays().equals(EnumSet.allOf(DayOfWeek.class))) {
            map.put("weekdays", words(window.weekdays()));
        }
        return map;
    }

    private static <E extends Enum<E>> List<String> words(Set<E> values) {
        return values.stream()
                .sorted()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return Objects.toString(at, null);
    }

    private static void put(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
        put(map, key, value, false);
    }

    /** Leaves out what is absent or empty, unless leaving it out would say something else. */
    private static void put(
            Map<String, @Nullable Object> map, String key, @Nullable Object value, boolean evenIfAbsent) {
        boolean isEmpty = value == null || List.of().equals(value) || Map.of().equals(value);
        if (!isEmpty || evenIfAbsent) {
            map.put(key, value);
        }
    }
}
