package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Conditions;
import dev.llmops.cost.book.MatchClauses;
import dev.llmops.cost.book.ModelMatch;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.book.PriceBookFile;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.Rate;
import dev.llmops.cost.book.WeeklyWindows;
import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads genai-prices' data. A list of conditional prices means: the last entry that is active wins, and the first one
 * does if none is. That becomes one entry for each span of dates and each range of hours in which the same one wins.
 */
final class GenaiPricesData {

    private final Instant published;
    private final ImportFindings findings = new ImportFindings();
    private final ImportedModels models = new ImportedModels(findings);
    private final Map<String, PriceBookFile.Provider> providers = new LinkedHashMap<>();
    private int entries;

    GenaiPricesData(Instant published) {
        this.published = published;
    }

    PriceImport read(String json) {
        JsonNode file = ForeignJson.read(json, findings::addDuplicate);
        if (!file.isArray()) {
            throw new IllegalArgumentException("the file (" + file.getNodeType()
                    + ") is not genai-prices data — allowed is an array of providers — check which file it is");
        }
        file.forEach(this::readProvider);
        return new PriceImport(
                PriceBook.of(published, models.all(), providers),
                findings.report(entries, models.all().size()));
    }

    private void readProvider(JsonNode provider) {
        String id = provider.path("id").asString("");
        findings.enter(id);
        if (id.isBlank()) {
            findings.add(PriceImport.Report.Kind.SKIPPED, "", "is no provider with an id");
            return;
        }
        List<ModelMatch> aliases = new ArrayList<>();
        readMatch(provider.path("provider_match")).ifPresent(aliases::add);
        List<String> resells = new ArrayList<>();
        provider.path("fallback_model_providers").forEach(other -> resells.add(other.asString()));
        providers.put(id, new PriceBookFile.Provider(aliases, resells, null));
        for (JsonNode model : provider.path("models")) {
            entries++;
            String name = model.path("id").asString("");
            findings.enter(id + '/' + name);
            models.add(id, name, () -> readModel(id, name, model));
        }
    }

    private Optional<ModelMatch> readMatch(JsonNode clause) {
        if (clause.isMissingNode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MatchClauses.read(clause));
        } catch (IllegalArgumentException e) {
            findings.add(PriceImport.Report.Kind.NOT_REPRESENTED, "match", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private ModelPrices readModel(String provider, String name, JsonNode model) {
        ModelPrices.Builder builder = ModelPrices.builder(provider, name);
        readMatch(model.path("match")).ifPresent(builder::addMatch);
        List<Conditional> conditionals = conditionals(model.path("prices"));
        if (conditionals.stream().allMatch(each -> each.rates.isEmpty())) {
            findings.addWithoutPrice();
        } else {
            addEntries(builder, provider + '/' + name, conditionals);
        }
        return builder.build();
    }

    /** Prices with the condition under which they are active: a start date, or hours of the day, or none. */
    private record Conditional(
            @Nullable Instant from,
            @Nullable LocalTime start,
            @Nullable LocalTime end,
            Map<UsageKind, Rate> rates) {

        boolean isActiveAllDay(Instant at) {
            return start == null && (from == null || !at.isBefore(from));
        }

        boolean coversHour(LocalTime time) {
            return start != null && end != null && !time.isBefore(start) && time.isBefore(end);
        }
    }

    private List<Conditional> conditionals(JsonNode prices) {
        List<Conditional> conditionals = new ArrayList<>();
        if (prices.isObject()) {
            conditionals.add(new Conditional(null, null, null, rates(prices)));
        }
        for (JsonNode each : prices.isArray() ? prices : List.<JsonNode>of()) {
            JsonNode constraint = each.path("constraint");
            conditionals.add(new Conditional(
                    date(constraint.path("start_date")),
                    time(constraint.path("start_time")),
                    time(constraint.path("end_time")),
                    rates(each.path("prices"))));
        }
        return conditionals;
    }

    private static @Nullable Instant date(JsonNode node) {
        try {
            return node.isString()
                    ? LocalDate.parse(node.asString())
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : null;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "start_date is " + Json.abbreviated(node) + " — a date such as 2026-08-20", e);
        }
    }

    private static @Nullable LocalTime time(JsonNode node) {
        try {
            return node.isString()
                    ? OffsetTime.parse(node.asString())
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalTime()
                    : null;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a time of day is " + Json.abbreviated(node) + " — a time such as 16:30:00Z", e);
        }
    }

    private Map<UsageKind, Rate> rates(JsonNode prices) {
        List<PriceBookException.Problem> problems = new ArrayList<>();
        Map<UsageKind, Rate> rates = GenaiPricesFormat.rates(prices, problems);
        problems.forEach(
                problem -> findings.add(PriceImport.Report.Kind.NOT_REPRESENTED, problem.where(), problem.what()));
        prices.propertyNames().forEach(findings::countPriceKey);
        Map<UsageKind, Rate> rounded = new TreeMap<>();
        rates.forEach((kind, rate) -> rounded.put(kind, checked(kind, rate)));
        return rounded;
    }

    private Rate checked(UsageKind kind, Rate rate) {
        List<Rate.Step> steps = new ArrayList<>();
        for (Rate.Step step : rate.steps()) {
            BigDecimal price = findings.rounded(kind.key(), step.price());
            findings.checkPlausible(kind.key(), kind, price, rate.per());
            steps.add(new Rate.Step(step.from(), price, step.assumed()));
        }
        return new Rate(steps, rate.per(), rate.graduated());
    }

    private void addEntries(ModelPrices.Builder builder, String name, List<Conditional> conditionals) {
        TreeSet<Instant> starts = new TreeSet<>();
        conditionals.forEach(each -> {
            if (each.from != null) {
                starts.add(each.from);
            }
        });
        Instant from = null;
        for (Instant until : starts) {
            addSpan(builder, name, conditionals, from, until);
            from = until;
        }
        addSpan(builder, name, conditionals, from, null);
    }

    private void addSpan(
            ModelPrices.Builder builder,
            String name,
            List<Conditional> conditionals,
            @Nullable Instant from,
            @Nullable Instant until) {
        Instant at = from == null ? Instant.MIN : from;
        Map<Conditional, List<WeeklyWindows.Window>> hours = new LinkedHashMap<>();
        List<LocalTime> cuts = cuts(conditionals);
        for (int i = 0; i < cuts.size(); i++) {
            LocalTime end = cuts.get((i + 1) % cuts.size());
            hours.computeIfAbsent(winner(conditionals, at, cuts.get(i)), each -> new ArrayList<>())
                    .add(new WeeklyWindows.Window(cuts.get(i), end, Set.of()));
        }
        String date = from == null ? "" : "@" + LocalDate.ofInstant(from, ZoneOffset.UTC);
        hours.forEach((winner, windows) -> {
            boolean allDay = hours.size() == 1;
            Conditions when = allDay ? Conditions.NONE : new Conditions(Map.of(), WeeklyWindows.utc(windows));
            String suffix = allDay ? "" : "/from-" + windows.get(0).start();
            builder.addEntry(
                    new PriceEntry(name + date + suffix, from, until, published, null, when, winner.rates, null));
        });
    }

    /** The moments of a day at which another price may begin. */
    private static List<LocalTime> cuts(List<Conditional> conditionals) {
        TreeSet<LocalTime> cuts = new TreeSet<>(Set.of(LocalTime.MIDNIGHT));
        for (Conditional each : conditionals) {
            if (each.start != null && each.end != null) {
                cuts.add(each.start);
                cuts.add(each.end);
            }
        }
        return List.copyOf(cuts);
    }

    private static Conditional winner(List<Conditional> conditionals, Instant at, LocalTime time) {
        for (int i = conditionals.size() - 1; i >= 0; i--) {
            Conditional each = conditionals.get(i);
            if (each.isActiveAllDay(at) || each.coversHour(time)) {
                return each;
            }
        }
        return conditionals.get(0);
    }
}
