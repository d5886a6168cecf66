package dev.llmops.cost.book;

import dev.llmops.cost.internal.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A digest of a book's content: the same prices have the same version in every notation. */
final class BookVersion {

    private static final int DIGITS = 16;

    private final StringBuilder canonical = new StringBuilder();

    private BookVersion() {}

    static String of(Collection<ModelPrices> models) {
        BookVersion version = new BookVersion();
        models.stream().sorted(Comparator.comparing(ModelPrices::name)).forEach(version::add);
        return Sha256.hex(version.canonical.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }

    private void add(ModelPrices model) {
        line("model", model.name(), model.currency(), model.isStandardForUnknownTier(), model.matches());
        model.entries().forEach(entry -> canonical.append(describe(entry)).append('\n'));
        for (Adjustment each : model.adjustments()) {
            line(
                    "adjustment",
                    each.id(),
                    each.from(),
                    each.until(),
                    describe(each.when()),
                    each.inputFrom(),
                    plain(each.factor()),
                    new TreeSet<>(each.sides()));
        }
    }

    /** Everything an entry says, always in the same words. */
    static String describe(PriceEntry entry) {
        BookVersion text = new BookVersion();
        text.line(
                "entry",
                entry.id(),
                entry.from(),
                entry.until(),
                entry.recorded(),
                entry.corrects(),
                describe(entry.when()));
        text.addRates(entry);
        return text.canonical.toString();
    }

    /** True unless the start, the conditions or the prices of an entry differ; its end may be set later. */
    static boolean saysTheSame(PriceEntry a, PriceEntry b) {
        return sameRates(a, b) && a.start().equals(b.start()) && a.when().equals(b.when());
    }

    static boolean sameRates(PriceEntry a, PriceEntry b) {
        BookVersion first = new BookVersion();
        BookVersion second = new BookVersion();
        first.addRates(a);
        second.addRates(b);
        return first.canonical.toString().contentEquals(second.canonical);
    }

    private void addRates(PriceEntry entry) {
        entry.rates().forEach((kind, rate) -> {
            line("rate", kind.key(), plain(rate.per()), rate.graduated());
            rate.steps().forEach(step -> line("step", step.from(), plain(step.price()), step.assumed()));
        });
    }

    private static String describe(Conditions when) {
        TreeMap<String, TreeSet<String>> values = new TreeMap<>();
        when.values().forEach((property, allowed) -> values.put(property, new TreeSet<>(allowed)));
        WeeklyWindows times = when.times();
        StringBuilder hours = new StringBuilder();
        if (times != null) {
            hours.append(times.hourZone()).append(times.weekdayZone());
            times.windows()
                    .forEach(window ->
                            hours.append(window.start()).append(window.end()).append(new TreeSet<>(window.weekdays())));
        }
        return values + hours.toString();
    }

    private void line(@Nullable Object... words) {
        for (Object word : words) {
            canonical.append(word).append('|');
        }
        canonical.append('\n');
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "none" : value.stripTrailingZeros().toPlainString();
    }
}
