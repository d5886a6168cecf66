package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.UsageKindHierarchy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds what makes the prices of a model ambiguous or leaves a call without one: overlaps and gaps on the axis of valid
 * time, hours of the week without a price, conditions that can hold together without an entry for both.
 *
 * <p>See docs/decisions/cost.md#the-more-specific-entry-wins-and-ambiguity-is-an-error-at-load-time.
 */
final class PriceCheck {

    private final ModelPrices prices;
    private final List<Timeline.Span> spans;
    private final List<PriceBookException.Problem> problems = new ArrayList<>();
    private final Map<Optional<WeeklyWindows>, WeekCoverage> coverages = new HashMap<>();

    PriceCheck(ModelPrices prices) {
        this.prices = prices;
        this.spans = Timeline.spans(prices.entries(), null);
    }

    List<PriceBookException.Problem> problems() {
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
    static List<PriceBookException.Problem> incompleteRates(ModelPrices prices) {
        List<PriceBookException.Problem> problems = new ArrayList<>();
        for (PriceEntry entry : prices.entries()) {
            Set<UsageKind> priced = entry.rates().keySet();
            UsageKindHierarchy.missingWholes(priced)
                    .forEach((whole, part) -> problems.add(new PriceBookException.Problem(
                            entry.id() + ": rates",
                            whole.key() + " must be priced too, because " + part.key()
                                    + " are a part of it; 0 is a price")));
            UsageKindHierarchy.missingOverlaps(priced)
                    .forEach((overlap, pair) -> problems.add(new PriceBookException.Problem(
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
                problem(entry, "id is there twice — one entry an id — rename one of both");
            }
        }
        for (PriceEntry entry : prices.entries()) {
            String corrected = entry.corrects();
            if (corrected != null && (!ids.contains(corrected) || corrected.equals(entry.id()))) {
                problem(entry, "corrects is " + corrected + " — the id of another entry of the model");
            }
        }
        Set<String> adjustments = new HashSet<>();
        for (Adjustment adjustment : prices.adjustments()) {
            if (!adjustments.add(adjustment.id())) {
                problems.add(new PriceBookException.Problem(
                        "adjustment " + adjustment.id(),
                        "id is there twice — one adjustment an id — rename one of both"));
            }
        }
    }

    private void checkOrder(Timeline.Span span) {
        if (!span.from().isBefore(span.until())) {
            problem(span.entry(), "until is " + span.until() + " — after from, which is " + span.from());
        }
    }

    private void checkPair(Timeline.Span a, Timeline.Span b) {
        Conditions first = a.entry().when();
        Conditions second = b.entry().when();
        if (!a.overlaps(b) || !first.valuesCompatibleWith(second) || !mayHoldTogether(a, b)) {
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
                            + ", and neither is more specific — add an entry under the conditions of both");
        }
    }

    /** At every time at which both hold, for every call that meets both. */
    private boolean hasEntryForBoth(Timeline.Span a, Timeline.Span b) {
        Set<String> both = new TreeSet<>(a.entry().when().dimensions());
        both.addAll(b.entry().when().dimensions());
        WeekCoverage together = coverage(a).and(coverage(b));
        for (Instant cut : cuts(a, b)) {
            for (Map<String, String> call :
                    a.entry().when().callsOfBoth(b.entry().when())) {
                if (uncovered(together, cut, call, when -> when.dimensions().equals(both))
                        .isPresent()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean mayHoldTogether(Timeline.Span a, Timeline.Span b) {
        return coverage(a).and(coverage(b)).first().isPresent();
    }

    private WeekCoverage coverage(Timeline.Span span) {
        return coverages.computeIfAbsent(
                Optional.ofNullable(span.entry().when().times()), times -> WeekCoverage.of(times.orElse(null)));
    }

    /** Returns the instants at which the prices in force may change while both hold, their common start included. */
    private Set<Instant> cuts(Timeline.Span a, Timeline.Span b) {
        Set<Instant> cuts = new TreeSet<>();
        for (Timeline.Span span : spans) {
            for (Instant cut : List.of(span.from(), span.until())) {
                if (a.contains(cut) && b.contains(cut)) {
                    cuts.add(cut);
                }
            }
        }
        return cuts;
    }

    /** A moment of the week that no entry of a kind covers, for a call at an instant. */
    private Optional<Instant> uncovered(
            WeekCoverage needed, Instant at, Map<String, String> call, Predicate<Conditions> kind) {
        WeekCoverage rest = needed.and(needed);
        for (Timeline.Span span : spans) {
            Conditions when = span.entry().when();
            if (span.contains(at) && when.hold(call) && kind.test(when)) {
                rest.remove(coverage(span));
            }
        }
        return rest.first();
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

    /** Entries that hold at some hours only need company for the rest of the week, as long as they hold. */
    private void checkHours(Timeline.Span span) {
        Conditions when = span.entry().when();
        if (when.times() == null) {
            return;
        }
        for (Instant cut : cuts(span, span)) {
            for (Map<String, String> call : when.callsOfBoth(when)) {
                Optional<Instant> moment = uncovered(WeekCoverage.of(null), cut, call, each -> true);
                if (moment.isPresent()) {
                    problem(
                            span.entry(),
                            "leaves hours without a price, " + moment.get() + " UTC is one"
                                    + (cut.equals(span.from()) ? "" : ", from " + cut + " on")
                                    + " — add an entry without hours, or one for the rest of the week");
                    return;
                }
            }
        }
    }

    private void problem(PriceEntry entry, String what) {
        problems.add(new PriceBookException.Problem(entry.id(), what));
    }
}
