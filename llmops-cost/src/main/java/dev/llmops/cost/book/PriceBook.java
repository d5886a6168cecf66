package dev.llmops.cost.book;

import dev.llmops.core.io.TextFile;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prices of models, each with the time and the conditions for which it holds. Immutable and safe for use by many
 * threads.
 *
 * <pre>{@code
 * PriceBook book = PriceBook.load(Path.of("prices.yml")).orElse(PriceBook.bundled());
 * Cost cost = book.price("openai", "gpt-4o", TokenUsage.inclusive(812, 333).cachedInput(512),
 *         PricingContext.at(Instant.now()));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class PriceBook {

    /** The age from which a book is called old, in days: {@value}. */
    public static final int OLD_AFTER_DAYS = 120;

    private static final String BUNDLED = "bundled-prices.yml";

    private final List<ModelPrices> models;
    private final ProviderIndex index;
    private final String version;
    private final @Nullable Instant published;
    private final @Nullable PriceBook fallback;

    private PriceBook(
            List<ModelPrices> models, ProviderIndex index, @Nullable Instant published, @Nullable PriceBook fallback) {
        this.models = models;
        this.index = index;
        this.published = published;
        this.fallback = fallback;
        String own = BookVersion.of(models);
        this.version = fallback == null ? own : own + '+' + fallback.version;
    }

    /**
     * The book that comes with the library: list prices of common models as they were on its date. A sample, not the
     * truth; let your own entries win by {@link #orElse}.
     *
     * @return the bundled book
     */
    public static PriceBook bundled() {
        return Bundled.BOOK;
    }

    private static final class Bundled {
        static final PriceBook BOOK = parse(BUNDLED, text());

        private static String text() {
            try (InputStream in = PriceBook.class.getResourceAsStream(BUNDLED)) {
                if (in == null) {
                    throw new IllegalStateException("the jar lacks " + BUNDLED);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Reads files in the price book format, YAML or JSON, into one book.
     *
     * @param files the files
     * @return the book
     * @throws PriceBookException with everything that is wrong in all of the files, files that cannot be read included
     */
    public static PriceBook load(Path... files) {
        List<PriceBookException.Problem> problems = new ArrayList<>();
        List<PriceBookFile> parsed = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            try {
                parsed.add(checked(name, TextFile.read(file), problems));
            } catch (IOException e) {
                problems.add(new PriceBookException.Problem(name, "cannot be read: " + e.getMessage()));
            }
        }
        return join(parsed, problems);
    }

    /**
     * Reads a text in the price book format.
     *
     * @param name the name of the text in problems
     * @param text YAML or JSON
     * @return the book
     * @throws PriceBookException with everything that is wrong with it
     */
    public static PriceBook parse(String name, String text) {
        return parse(Map.of(name, text));
    }

    /**
     * Reads texts in the price book format into one book.
     *
     * @param texts YAML or JSON, by the names of the texts in problems
     * @return the book
     * @throws PriceBookException with everything that is wrong in all of the texts
     */
    public static PriceBook parse(Map<String, String> texts) {
        List<PriceBookException.Problem> problems = new ArrayList<>();
        List<PriceBookFile> parsed = new ArrayList<>();
        texts.forEach((name, text) -> parsed.add(checked(name, text, problems)));
        return join(parsed, problems);
    }

    private static PriceBookFile checked(String name, String text, List<PriceBookException.Problem> problems) {
        PriceBookFile file = PriceBookFile.parse(text);
        file.problems().forEach(problem -> problems.add(problem.in(name)));
        return file;
    }

    private static PriceBook join(List<PriceBookFile> files, List<PriceBookException.Problem> problems) {
        List<ModelPrices> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, PriceBookFile.Provider> providers = new LinkedHashMap<>();
        List<Discount> discounts = new ArrayList<>();
        Instant oldest = null;
        for (PriceBookFile file : files) {
            for (ModelPrices model : file.models()) {
                if (!names.add(model.name())) {
                    problems.add(
                            new PriceBookException.Problem(model.name(), "is there twice — once — remove one of both"));
                }
                models.add(model);
            }
            providers.putAll(file.providers());
            discounts.addAll(file.discounts());
            Instant date = file.published();
            if (oldest == null || (date != null && date.isBefore(oldest))) {
                oldest = date;
            }
        }
        if (!problems.isEmpty()) {
            throw new PriceBookException(problems);
        }
        return of(oldest, models, providers).discounted(discounts);
    }

    /**
     * A book of these models.
     *
     * @param published when the prices were looked up
     * @param models the prices
     * @return the book
     */
    public static PriceBook of(Instant published, Collection<ModelPrices> models) {
        return of(published, models, Map.of());
    }

    public static PriceBook of(
            @Nullable Instant published,
            Collection<ModelPrices> models,
            Map<String, PriceBookFile.Provider> providers) {
        return new PriceBook(List.copyOf(models), new ProviderIndex(models, providers), published, null);
    }

    /**
     * A book that looks into another one for models that it does not know itself.
     *
     * @param other where to look next
     * @return the two as one
     */
    public PriceBook orElse(PriceBook other) {
        return new PriceBook(models, index, published, fallback == null ? other : fallback.orElse(other));
    }

    /**
     * This book, brought up to date by a newer one of the same source. An entry that says what this book says already is
     * left out; a changed price is added and holds from the newer book's date on, so that earlier calls keep theirs.
     * Models that the newer book lacks stay.
     *
     * @param newer a later state of the same prices
     * @return the two in one; this book's version if nothing changed
     */
    public PriceBook updatedBy(PriceBook newer) {
        Map<String, ModelPrices> updated = new LinkedHashMap<>();
        models.forEach(model -> updated.put(model.name(), model));
        newer.models.forEach(model -> updated.merge(model.name(), model, ModelPrices::updatedBy));
        return new PriceBook(
                List.copyOf(updated.values()), index.with(updated.values(), newer.index), newer.published, fallback);
    }

    /**
     * This book with discounts on its prices, those of the books it falls back on included.
     *
     * @param discounts the discounts; those of no model are ignored
     * @return the book with contracted prices
     * @throws PriceBookException if a model has more factors than {@value CompiledEntry#MAX_ADJUSTMENTS}, or two of one id
     */
    public PriceBook discounted(Collection<Discount> discounts) {
        List<ModelPrices> contracted = withResold(discounts).stream()
                .map(model -> {
                    List<Adjustment> own = discounts.stream()
                            .filter(discount -> discount.appliesTo(model))
                            .map(Discount::adjustment)
                            .toList();
                    return own.isEmpty() ? model : model.adjusted(own);
                })
                .toList();
        return new PriceBook(
                contracted,
                index.with(contracted, index),
                published,
                fallback == null ? null : fallback.discounted(discounts));
    }

    /** All models, and those that a provider resells once more under its name where a discount is that of either alone. */
    private List<ModelPrices> withResold(Collection<Discount> discounts) {
        Map<String, ModelPrices> all = new LinkedHashMap<>();
        models.forEach(model -> all.put(model.name(), model));
        index.providers()
                .forEach((id, provider) -> provider.resells().stream()
                        .filter(resold -> discounts.stream().anyMatch(each -> each.isOf(id) || each.isOf(resold)))
                        .forEach(resold -> models.stream()
                                .filter(model -> model.provider().equalsIgnoreCase(resold))
                                .map(model -> model.billedBy(id))
                                .forEach(model -> all.putIfAbsent(model.name(), model))));
        return List.copyOf(all.values());
    }

    /**
     * Returns what this book says otherwise than an earlier state of it: entries that are gone, and entries whose prices,
     * conditions or start changed under their old id, so that costs that refer to them could not be explained any more.
     * An entry may be ended, corrected or followed by another.
     *
     * @param earlier the book that was in use
     * @return a problem for each such entry; none if every cost of the earlier book can still be explained
     */
    public List<PriceBookException.Problem> contradictions(PriceBook earlier) {
        Map<String, PriceEntry> now = new HashMap<>();
        models.forEach(model -> model.entries().forEach(entry -> now.put(entry.id(), entry)));
        List<PriceBookException.Problem> problems = new ArrayList<>();
        for (ModelPrices model : earlier.models) {
            for (PriceEntry said : model.entries()) {
                PriceEntry says = now.get(said.id());
                if (says == null) {
                    problems.add(new PriceBookException.Problem(
                            said.id(), "is gone — an entry stays — end it with until, or restart with the new files"));
                } else if (!BookVersion.saysTheSame(said, says)) {
                    problems.add(
                            new PriceBookException.Problem(
                                    said.id(),
                                    "was overwritten — an entry stays as it is — add an entry that corrects it, or a new one from a date"));
                }
            }
        }
        return problems;
    }

    /**
     * Writes this book in the price book format, with all its history: reading the text gives an equal book of the same
     * version. The books it falls back on are not included.
     *
     * @return the book as JSON
     */
    public String toJson() {
        return new PriceBookWriter(index.providers()).write(published, models);
    }

    /**
     * Finds the prices of a model.
     *
     * @param provider who bills, by id or alias
     * @param model the model's name, exact or as a rule of the book matches it
     * @return its prices, or empty if the book does not know the model
     */
    public Optional<ModelPrices> find(String provider, String model) {
        Optional<ModelPrices> found = index.find(provider, model);
        return found.isPresent() || fallback == null ? found : fallback.find(provider, model);
    }

    /**
     * The model whose prices apply to a call: the one that answered if this book knows it, else the one asked for.
     *
     * @param provider who bills
     * @param asked the model asked for
     * @param answered the model that answered, or null when it did not say
     * @return one of the two
     */
    public String billedModel(String provider, String asked, @Nullable String answered) {
        return answered != null && find(provider, answered).isPresent() ? answered : asked;
    }

    /**
     * Prices a usage. Never throws; a model that the book does not know is unpriced.
     *
     * @param provider who bills
     * @param model the model that answered
     * @param usage what was used
     * @param context when, and under which conditions
     * @return the cost
     */
    public Cost price(String provider, String model, TokenUsage usage, PricingContext context) {
        Optional<ModelPrices> prices = find(provider, model);
        if (prices.isEmpty()) {
            String reason = "unknown model " + provider + '/' + model;
            return new Cost(CostState.UNPRICED, null, "USD", List.of(), null, reason, version);
        }
        return prices.get().price(usage, context, version);
    }

    /**
     * All models, those of the books it falls back on not included.
     *
     * @return the models in the order of the files
     */
    public List<ModelPrices> models() {
        return models;
    }

    /**
     * Returns a digest of the book's content. The same prices have the same version in every notation.
     *
     * @return 16 hexadecimal digits, and those of the books it falls back on after a plus sign
     */
    public String version() {
        return version;
    }

    /**
     * Returns the date on which the prices were looked up.
     *
     * @return the oldest date of its files
     */
    public Optional<Instant> published() {
        return Optional.ofNullable(published);
    }

    /**
     * Returns the age of the prices.
     *
     * @param now the present
     * @return the age, zero if the book does not say when it was published
     */
    public Duration age(Instant now) {
        return published == null ? Duration.ZERO : Duration.between(published, now);
    }
}
