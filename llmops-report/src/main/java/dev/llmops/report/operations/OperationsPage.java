package dev.llmops.report.operations;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Page;
import dev.llmops.report.Svg;
import dev.llmops.report.internal.Shown;
import java.util.ArrayList;
import java.util.List;

/** Lays the operations report out. */
final class OperationsPage {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 180;
    private static final int LEFT = 72;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;

    private final OperationsReport report;

    OperationsPage(OperationsReport report) {
        this.report = report;
    }

    Page page() {
        Page.Builder page = Page.titled("Operations from " + report.from() + " to " + report.to());
        for (String section : List.of(
                OperationsReport.BUSINESS,
                OperationsReport.QUALITY,
                OperationsReport.TREND,
                OperationsReport.SATURATION,
                OperationsReport.OPERATION,
                OperationsReport.COST)) {
            page.add(section(section));
        }
        return page.add(worst()).add(forecast()).build();
    }

    private Block section(String section) {
        List<List<Inline>> rows = new ArrayList<>();
        report.figures().stream()
                .filter(figure -> figure.section().equals(section) && !TrendBlocks.isDaily(figure))
                .map(OperationsPage::row)
                .forEach(rows::add);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                "Figures", List.of("figure", "value", "95 % interval", "n"), rows, "There is no data for this part."));
        if (section.equals(OperationsReport.TREND)) {
            blocks.addAll(TrendBlocks.of(report.figures()));
        }
        List<Wanted> missing = Wanted.missing(section, report.figures());
        if (!missing.isEmpty()) {
            blocks.add(new Block.Table(
                    "No data",
                    List.of("figure", "what to supply"),
                    missing.stream()
                            .map(wanted -> List.of(Inline.text(wanted.start()), Inline.text(wanted.remedy())))
                            .toList(),
                    ""));
        }
        return new Block.Section(section, "", Block.Tone.NEUTRAL, blocks);
    }

    private static List<Inline> row(Figure figure) {
        Double lower = figure.lower();
        Double upper = figure.upper();
        String interval = lower == null || upper == null ? "" : Shown.percent(lower) + " – " + Shown.percent(upper);
        return List.of(
                Inline.text(figure.name()),
                Inline.number(value(figure)),
                Inline.number(interval),
                Inline.number(Shown.count(figure.n())));
    }

    private static String value(Figure figure) {
        if (figure.unit().equals(Figure.RATIO)) {
            return Shown.percent(figure.value().doubleValue());
        }
        boolean isWhole = figure.value().stripTrailingZeros().scale() <= 0;
        String number = isWhole ? Shown.count(figure.value().doubleValue()) : Shown.number(figure.value());
        return figure.unit().isEmpty() ? number : number + " " + figure.unit();
    }

    private Block worst() {
        Block hours = new Block.Table(
                "Hours in which more was spent than in the same hours of past weeks",
                List.of("hour", "spent", "usual"),
                report.unusualHours().stream()
                        .map(hour -> List.of(
                                Inline.text(hour.start().toString()),
                                Inline.number(Shown.number(hour.amount()) + " " + hour.currency()),
                                Inline.number(Shown.number(hour.usual()) + " " + hour.currency())))
                        .toList(),
                "No hour was unusual, or there are less than three past weeks to compare with.");
        return new Block.Section(
                "Worst cases",
                "",
                Block.Tone.NEUTRAL,
                List.of(
                        costliest("conversation", report.costliestConversations()),
                        costliest("agent run", report.costliestAgentRuns()),
                        hours));
    }

    private static Block costliest(String kind, List<OperationsReport.Spent> costliest) {
        return new Block.Table(
                "Costliest " + kind + "s",
                List.of(kind, "calls", "cost"),
                costliest.stream()
                        .map(spent -> List.of(
                                Inline.code(spent.id()),
                                Inline.number(Shown.count(spent.calls())),
                                Inline.number(spent.amount().toPlainString() + " " + spent.currency())))
                        .toList(),
                "No call names its " + kind + ".");
    }

    private Block forecast() {
        List<Block> blocks = new ArrayList<>();
        if (report.forecast().isEmpty()) {
            blocks.add(Block.empty("The ledger has less than three weeks of history, too little for a forecast."));
        } else {
            CapacityForecast forecast = report.forecast().get();
            blocks.add(Block.paragraph(
                    "The same weekday a week ago plus the mean change from week to week; the interval holds 90 % of the"
                            + " errors on " + forecast.triedDays() + " past days. Mean absolute error there: "
                            + Shown.percent(forecast.meanAbsoluteErrorRatio()) + "."));
            blocks.add(new Block.Figure("Calls a day, with the 90 % prediction interval", chart(forecast.days())));
            blocks.add(table(forecast.days()));
        }
        return new Block.Section("Capacity of the next week", "", Block.Tone.NEUTRAL, blocks);
    }

    private static Block table(List<CapacityForecast.Day> days) {
        return new Block.Table(
                "Calls a day",
                List.of("day", "expected", "from", "to"),
                days.stream()
                        .map(day -> List.of(
                                Inline.text(day.date().toString()),
                                Inline.number(number(day.calls())),
                                Inline.number(number(day.lower())),
                                Inline.number(number(day.upper()))))
                        .toList(),
                "");
    }

    private static Svg chart(List<CapacityForecast.Day> days) {
        double top = Math.max(
                1, days.stream().mapToDouble(CapacityForecast.Day::upper).max().orElse(1));
        Svg svg = new Svg(WIDTH, HEIGHT);
        double step = (double) (WIDTH - LEFT) / days.size();
        for (int i = 0; i < days.size(); i++) {
            CapacityForecast.Day day = days.get(i);
            double x = LEFT + i * step + step / 4;
            double middle = x + step / 4;
            svg.rectangle("bar", x, y(day.calls(), top), step / 2, y(0, top) - y(day.calls(), top))
                    .line("limit", middle, y(day.lower(), top), middle, y(day.upper(), top))
                    .text(day.date().toString(), middle, HEIGHT - 8, Svg.Anchor.MIDDLE);
        }
        return svg.line("grid", LEFT, y(0, top), WIDTH, y(0, top))
                .text(number(top), LEFT - 6, y(top, top) + 8, Svg.Anchor.END)
                .text("0", LEFT - 6, y(0, top), Svg.Anchor.END);
    }

    private static double y(double value, double top) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
    }

    private static String number(double value) {
        return Shown.count(Math.rint(value));
    }
}
