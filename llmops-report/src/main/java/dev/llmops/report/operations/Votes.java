package dev.llmops.report.operations;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Verdicts that are good or not, the last one of each call; shown as a rate, day by day, and as the change over the period. */
final class Votes {

    /** The number of good ones among all. */
    private static final class Share {
        long good;
        long all;

        void add(boolean isGood) {
            good += isGood ? 1 : 0;
            all++;
        }

        void add(Share other) {
            good += other.good;
            all += other.all;
        }
    }

    private record Vote(LocalDate day, boolean isGood) {}

    private final Map<String, Vote> byCall = new HashMap<>();
    private final NavigableMap<LocalDate, Share> counted = new TreeMap<>();

    /** Adds the verdict of a call, in the place of an earlier one. */
    void put(String call, LocalDate day, boolean isGood) {
        byCall.put(call, new Vote(day, isGood));
    }

    /** Adds one that no other will replace. */
    void count(LocalDate day, boolean isGood) {
        counted.computeIfAbsent(day, date -> new Share()).add(isGood);
    }

    private NavigableMap<LocalDate, Share> days() {
        NavigableMap<LocalDate, Share> days = new TreeMap<>();
        counted.forEach(
                (day, share) -> days.computeIfAbsent(day, date -> new Share()).add(share));
        byCall.values()
                .forEach(vote ->
                        days.computeIfAbsent(vote.day(), date -> new Share()).add(vote.isGood()));
        return days;
    }

    private static Share sum(NavigableMap<LocalDate, Share> days) {
        Share sum = new Share();
        days.values().forEach(sum::add);
        return sum;
    }

    long good() {
        return sum(days()).good;
    }

    long all() {
        return sum(days()).all;
    }

    List<Figure> rate(String section, String name) {
        return Figure.rate(section, name, good(), all());
    }

    /** Returns the rate of each day, and how much the days from the middle on differ from those before it. */
    List<Figure> trend(String name, LocalDate middle) {
        NavigableMap<LocalDate, Share> days = days();
        List<Figure> figures = new ArrayList<>();
        Share early = sum(days.headMap(middle, false));
        Share late = sum(days.tailMap(middle, true));
        figures.addAll(
                Figure.change(OperationsReport.TREND, "change of " + name, early.good, early.all, late.good, late.all));
        days.forEach((day, share) ->
                figures.addAll(Figure.rate(OperationsReport.TREND, name + " on " + day, share.good, share.all)));
        return figures;
    }
}
