package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.Conditions;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A book brought up to date by public lists, with everything on which they disagree.
 *
 * <p>Only the standard prices of models that the book knows are looked at. Where all lists that have a price agree on
 * another one, that one holds from the day of the renewal on. Where two lists disagree, the book carries both: the price
 * that it has if one of them says so, else the highest, marked as assumed, and the source of the entry names all of them.
 * So does a model with an adjustment that always holds, whose own price the lists do not state. A cost at such a price is an estimate. What was said of earlier days stays.
 *
 * @param book the renewed book
 * @param findings the prices that changed and those on which the lists disagree, in the order of the book
 * @since 0.1.0
 */
public record PriceRenewal(PriceBook book, List<Finding> findings) {

    /** Copies the findings. */
    public PriceRenewal {
        findings = List.copyOf(findings);
    }

    /**
     * A price that changed, or on which lists disagree.
     *
     * @param model the model, as {@code openai/gpt-4o}
     * @param kind the kind of usage
     * @param before the price in the book
     * @param said the price in each list that has one, by the name of the list
     * @param disagreement true if the lists disagree, false if they agree on another price than the book's
     * @since 0.1.0
     */
    public record Finding(String model, UsageKind kind, String before, Map<String, String> said, boolean disagreement) {

        @Override
        public String toString() {
            return (disagreement ? "! " : "~ ") + model + " " + kind.key() + ": the book says " + before + "; "
                    + saying(said);
        }
    }

    /**
     * Renews a book.
     *
     * @param book the book
     * @param lists the public lists as books, by the names that sources and findings give them
     * @param day the day of the lists
     * @return the renewed book and the findings
     */
    public static PriceRenewal of(PriceBook book, Map<String, PriceBook> lists, Instant day) {
        List<Finding> findings = new ArrayList<>();
        List<ModelPrices> changed = new ArrayList<>();
        for (ModelPrices model : book.models()) {
            standardEntry(model, day)
                    .flatMap(entry -> renewed(model, entry, lists, day, findings))
                    .ifPresent(entry -> changed.add(with(model, entry)));
        }
        return new PriceRenewal(book.updatedBy(PriceBook.of(day, changed)), findings);
    }

    private static Optional<PriceEntry> renewed(
            ModelPrices model, PriceEntry entry, Map<String, PriceBook> lists, Instant day, List<Finding> findings) {
        Map<UsageKind, Rate> rates = new TreeMap<>(entry.rates());
        List<String> sources = new ArrayList<>();
        for (Map.Entry<UsageKind, Rate> each : entry.rates().entrySet()) {
            UsageKind kind = each.getKey();
            Map<String, Rate> said = said(model, kind, lists, day);
            Collection<String> different =
                    said.values().stream().map(PriceRenewal::text).collect(Collectors.toCollection(TreeSet::new));
            BigDecimal factor = factor(model, kind, day);
            String before = text(scaled(each.getValue(), factor));
            if (different.size() > 1 || !(different.isEmpty() || different.contains(before))) {
                boolean disagreement = different.size() > 1;
                Finding finding = new Finding(name(model), kind, before, texts(said), disagreement);
                findings.add(finding);
                if (factor.compareTo(BigDecimal.ONE) != 0) {
                    rates.put(kind, assumed(each.getValue()));
                } else {
                    rates.put(
                            kind,
                            disagreement
                                    ? assumed(each.getValue(), said.values())
                                    : said.values().iterator().next());
                }
                sources.add(kind.key() + ": " + saying(finding.said()));
            }
        }
        String source = String.join("; ", sources) + ", on " + LocalDate.ofInstant(day, ZoneOffset.UTC);
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(new PriceEntry(
                        name(model) + '@' + LocalDate.ofInstant(day, ZoneOffset.UTC),
                        day,
                        null,
                        day,
                        null,
                        Conditions.NONE,
                        rates,
                        source));
    }

    private static Map<String, Rate> said(
            ModelPrices model, UsageKind kind, Map<String, PriceBook> lists, Instant day) {
        Map<String, Rate> said = new LinkedHashMap<>();
        lists.forEach((name, list) -> {
            Rate rate = list.find(model.provider(), model.model())
                    .flatMap(found -> standardEntry(found, day))
                    .map(entry -> entry.rates().get(kind))
                    .orElse(null);
            if (rate != null) {
                said.put(name, rate);
            }
        });
        return said;
    }

    /** The newest entry without conditions that holds on a day and was not corrected. */
    private static Optional<PriceEntry> standardEntry(ModelPrices model, Instant day) {
        @Nullable PriceEntry newest = null;
        for (PriceEntry entry : model.entries()) {
            boolean holds = entry.when().equals(Conditions.NONE)
                    && (entry.from() == null || !entry.from().isAfter(day))
                    && (entry.until() == null || entry.until().isAfter(day))
                    && model.entries().stream().noneMatch(other -> entry.id().equals(other.corrects()));
            if (holds && (newest == null || newest.from() == null || startsLater(entry, newest.from()))) {
                newest = entry;
            }
        }
        return Optional.ofNullable(newest);
    }

    private static boolean startsLater(PriceEntry entry, Instant start) {
        return entry.from() != null && entry.from().isAfter(start);
    }

    /** The book's own price if a list says the same, else the highest one. */
    private static Rate assumed(Rate own, Collection<Rate> said) {
        Rate chosen = said.stream().anyMatch(rate -> text(rate).equals(text(own)))
                ? own
                : said.stream().max((a, b) -> first(a).compareTo(first(b))).orElse(own);
        return assumed(chosen);
    }

    private static Rate assumed(Rate rate) {
        return new Rate(
                rate.steps().stream()
                        .map(step -> new Rate.Step(step.from(), step.price(), true))
                        .toList(),
                rate.per(),
                rate.graduated());
    }

    /** The adjustments that always hold: what a list states is the price after them. */
    private static BigDecimal factor(ModelPrices model, UsageKind kind, Instant day) {
        return model.adjustments().stream()
                .filter(each -> each.isAlways(kind, day))
                .map(Adjustment::factor)
                .reduce(BigDecimal.ONE, BigDecimal::multiply);
    }

    private static Rate scaled(Rate rate, BigDecimal factor) {
        return new Rate(
                rate.steps().stream()
                        .map(step -> new Rate.Step(
                                step.from(),
                                step.price() == null ? null : step.price().multiply(factor),
                                step.assumed()))
                        .toList(),
                rate.per(),
                rate.graduated());
    }

    private static BigDecimal first(Rate rate) {
        BigDecimal price = rate.steps().get(0).price();
        return price == null ? BigDecimal.ZERO : price.divide(rate.per(), MathContext.DECIMAL128);
    }

    private static ModelPrices with(ModelPrices model, PriceEntry entry) {
        ModelPrices.Builder builder = ModelPrices.builder(model.provider(), model.model())
                .currency(model.currency())
                .standardForUnknownTier(model.isStandardForUnknownTier());
        model.matches().forEach(builder::addMatch);
        model.adjustments().forEach(builder::addAdjustment);
        return builder.addEntry(entry).buildIncomplete();
    }

    private static String name(ModelPrices model) {
        return model.provider() + '/' + model.model();
    }

    private static String saying(Map<String, String> said) {
        return said.entrySet().stream()
                .map(each -> each.getKey() + " says " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> texts(Map<String, Rate> said) {
        Map<String, String> texts = new LinkedHashMap<>();
        said.forEach((name, rate) -> texts.put(name, text(rate)));
        return texts;
    }

    /** The price of a million units, the same for equal rates in every notation. */
    private static String text(Rate rate) {
        return rate.steps().stream()
                .map(step -> (step.from() == 0 ? "" : "from " + step.from() + " ") + perMillion(step, rate.per()))
                .collect(Collectors.joining(", "));
    }

    private static String perMillion(Rate.Step step, BigDecimal per) {
        BigDecimal price = step.price();
        return price == null
                ? "unpriced"
                : price.movePointRight(6)
                                .divide(per, MathContext.DECIMAL128)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " per million";
    }
}
