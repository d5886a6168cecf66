package dev.llmops.cost;

import dev.llmops.core.UsageKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what makes the prices of a model ambiguous or leaves a call without one: overlaps and gaps on the axis of valid
 * time, hours of the week that nobody prices, conditions that can hold together without an entry for both.
 */
final class PriceCheck {

    private final ModelPrices prices;
    private final List<Timeline.Span> spans;
    private final List<PriceProblem> problems = new ArrayList<>();

    PriceCheck(ModelPrices prices) {
        this.prices = prices;
        this.spans = Timeline.spans(prices.entries(), null);
    }

    List<PriceProblem> problems() {
        checkIds();
        spans.forEach(this::checkOrder);
        for (int i = 0; i < spans.size(); i++) {
            for (int j = i + 1; j < spans.size(); j++) {
                checkPair(spans.get(i), spans.get(j));
            }
        }
        spans.forEach(this::checkGapAfter);
        spans.forEach(this::checkHours);
        return problems;
    }

    /** Rates that bill something whose whole, or whose overlap with something else, has no price. */
    static List<PriceProblem> incompleteRates(ModelPrices prices) {
        List<PriceProblem> problems = new ArrayList<>();
        for (PriceEntry entry : prices.entries()) {
            Set<UsageKind> priced = entry.rates().keySet();
            Lattice.missingWholes(priced)
                    .forEach((whole, part) -> problems.add(new PriceProblem(
                            entry.id() + ": rates",
                            whole.key() + " must be priced too, because " + part.key()
                                    + " are a part of it; 0 is a price")));
            Lattice.missingOverlaps(priced)
                    .forEach((overlap, pair) -> problems.add(new PriceProblem(
                            entry.id() + ": rates",
                            overlap.key() + " must be priced too, because both "
                                    + pair.get(0).key() + " and " + pair.get(1).key() + " are")));
        }
        return problems;
    }

    private void checkIds() {
        Set<String> ids = new HashSet<>();
        for (PriceEntry entry : prices.entries()) {
            if (!ids.add(entry.id())) {
                problem(entry, "id must be unique, but two entries have it");
            }
        }
        for (PriceEntry entry : prices.entries()) {
            String corrected = entry.corrects();
            if (corrected != null && (!ids.contains(corrected) || corrected.equals(entry.id()))) {
                problem(entry, "corrects must name another entry of the model, but was " + corrected);
            }
        }
        Set<String> adjustments = new HashSet<>();
        for (Adjustment adjustment : prices.adjustments()) {
            if (!adjustments.add(adjustment.id())) {
                problems.add(new PriceProblem("adjustment " + adjustment.id(), "id must be unique"));
            }
        }
    }

    private void checkOrder(Timeline.Span span) {
        if (!span.from().isBefore(span.until())) {
            problem(span.entry(), "until must be after from, but " + span.until() + " is not after " + span.from());
        }
    }

    private void checkPair(Timeline.Span a, Timeline.Span b) {
        Conditions first = a.entry().when();
        Conditions second = b.entry().when();
        if (!a.overlaps(b) || !first.valuesCompatibleWith(second) || !mayHoldTogether(first, second)) {
            return;
        }
        Set<String> firstDimensions = first.dimensions();
        Set<String> secondDimensions = second.dimensions();
        if (firstDimensions.equals(secondDimensions)) {
            problem(
                    b.entry(),
                    "overlaps with " + a.entry().id() + ", which holds at the same time under the same"
                            + " conditions; end one with until, or say which one it corrects");
        } else if (!firstDimensions.containsAll(secondDimensions)
                && !secondDimensions.containsAll(firstDimensions)
                && !hasEntryForBoth(a, b)) {
            problem(
                    b.entry(),
                    "may hold together with " + a.entry().id()
                            + ", and neither is more specific; add an entry under the conditions of both");
        }
    }

    private boolean hasEntryForBoth(Timeline.Span a, Timeline.Span b) {
        Set<String> both = new TreeSet<>(a.entry().when().dimensions());
        both.addAll(b.entry().when().dimensions());
        return spans.stream()
                .filter(span -> span.overlaps(a) && span.overlaps(b))
                .map(span -> span.entry().when())
                .anyMatch(when -> when.dimensions().equals(both)
                        && when.valuesCompatibleWith(a.entry().when())
                        && when.valuesCompatibleWith(b.entry().when()));
    }

    private static boolean mayHoldTogether(Conditions first, Conditions second) {
        return first.times() == null
                || second.times() == null
                || WeekCoverage.of(first.times()).intersects(WeekCoverage.of(second.times()));
    }

    private void checkGapAfter(Timeline.Span span) {
        Instant end = span.until();
        boolean continued = spans.stream()
                .anyMatch(other -> other.entry().when().equals(span.entry().when()) && other.contains(end));
        spans.stream()
                .filter(other -> other.entry().when().equals(span.entry().when())
                        && other.from().isAfter(end))
                .min(Comparator.comparing(Timeline.Span::from))
                .filter(next -> !continued)
                .ifPresent(next -> problem(
                        next.entry(),
                        "leaves a gap: nothing holds from " + end + ", the end of "
                                + span.entry().id() + ", until " + next.from()));
    }

    /** Entries that hold at some hours only need company for the rest of the week. */
    private void checkHours(Timeline.Span span) {
        WeeklyWindows times = span.entry().when().times();
        if (times == null) {
            return;
        }
        WeekCoverage covered = WeekCoverage.of(times);
        for (Timeline.Span other : spans) {
            Conditions when = other.entry().when();
            if (true && other.overlaps(span) && isAsWideAs(when, span.entry().when())) {
                covered.add(when.times());
            }
        }
        covered.firstUncovered()
                .ifPresent(moment -> problem(
                        span.entry(),
                        "leaves hours without a price, " + moment
                                + " UTC is one; add an entry without hours, or one for the rest of the week"));
    }

    private static boolean isAsWideAs(Conditions wide, Conditions narrow) {
        return wide.values().entrySet().stream()
                .allMatch(condition -> narrow.values().getOrDefault(condition.getKey(), Set.of()).stream()
                        .anyMatch(condition.getValue()::contains));
    }

    private void problem(PriceEntry entry, String what) {
        problems.add(new PriceProblem(entry.id(), what));
    }
}
