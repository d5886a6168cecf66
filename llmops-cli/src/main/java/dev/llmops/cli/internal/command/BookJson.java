package dev.llmops.cli.internal.command;

import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.Conditions;
import dev.llmops.cost.book.ModelMatch;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.Rate;
import dev.llmops.cost.book.WeeklyWindows;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A price book in the format of its files. */
final class BookJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private BookJson() {}

    static String write(PriceBook book) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", "llmops-price-book/1");
        put(root, "published", text(book.published().orElse(null)));
        root.put("models", book.models().stream().map(BookJson::model).toList());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static Map<String, Object> model(ModelPrices model) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("provider", model.provider());
        map.put("model", model.model());
        map.put("currency", model.currency());
        put(map, "match", model.matches().stream().map(BookJson::match).toList());
        if (model.isStandardForUnknownTier()) {
            map.put("unknown_service_tier", "standard");
        }
        map.put("prices", model.entries().stream().map(BookJson::entry).toList());
        put(
                map,
                "adjustments",
                model.adjustments().stream().map(BookJson::adjustment).toList());
        return map;
    }

    private static Object match(ModelMatch match) {
        if (match instanceof ModelMatch.AnyOf any) {
            return Map.of("or", any.rules().stream().map(BookJson::match).toList());
        }
        if (match instanceof ModelMatch.AllOf all) {
            return Map.of("and", all.rules().stream().map(BookJson::match).toList());
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

    private static Map<String, Object> entry(PriceEntry entry) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", entry.id());
        put(map, "from", text(entry.from()));
        put(map, "until", text(entry.until()));
        put(map, "recorded", text(entry.recorded()));
        put(map, "corrects", entry.corrects());
        put(map, "when", conditions(entry.when()));
        Map<String, Object> rates = new LinkedHashMap<>();
        entry.rates().forEach((kind, rate) -> rates.put(kind.key(), rate(rate)));
        map.put("rates", rates);
        put(map, "source", entry.source());
        return map;
    }

    private static Map<String, Object> rate(Rate rate) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, "price", rate.steps().get(0).price());
        map.put("per", rate.per());
        if (rate.steps().get(0).assumed()) {
            map.put("assumed", true);
        }
        if (rate.graduated()) {
            map.put("graduated", true);
        }
        put(map, "tiers", rate.steps().stream().skip(1).map(BookJson::tier).toList());
        return map;
    }

    private static Map<String, Object> tier(Rate.Step step) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", step.from());
        put(map, "price", step.price());
        if (step.assumed()) {
            map.put("assumed", true);
        }
        return map;
    }

    private static Map<String, Object> adjustment(Adjustment adjustment) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", adjustment.id());
        put(map, "from", text(adjustment.from()));
        put(map, "until", text(adjustment.until()));
        put(map, "when", conditions(adjustment.when()));
        if (adjustment.inputFrom() > 0) {
            map.put("input_tokens_from", adjustment.inputFrom());
        }
        map.put("factor", adjustment.factor());
        map.put("on", adjustment.sides().stream().map(BookJson::word).sorted().toList());
        return map;
    }

    private static Map<String, Object> conditions(Conditions when) {
        Map<String, Object> map = new LinkedHashMap<>();
        new TreeMap<>(when.values()).forEach((property, values) -> map.put(property, new TreeSet<>(values)));
        WeeklyWindows times = when.times();
        if (times != null) {
            map.put(
                    "hours",
                    times.windows().stream()
                            .map(window -> window.start() + "-" + window.end())
                            .toList());
            map.put(
                    "weekdays",
                    times.windows().get(0).weekdays().stream()
                            .map(BookJson::word)
                            .sorted()
                            .toList());
            map.put("zone", times.hourZone().getId());
            map.put("weekday_zone", times.weekdayZone().getId());
        }
        return map;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        boolean isEmpty = List.of().equals(value) || Map.of().equals(value);
        if (value != null && !isEmpty) {
            map.put(key, value);
        }
    }
}
