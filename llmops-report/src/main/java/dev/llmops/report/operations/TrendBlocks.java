package dev.llmops.report.operations;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Svg;
import dev.llmops.report.internal.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rates day by day: a chart of each, and all of them in one table. */
final class TrendBlocks {

    private static final String ON = " on ";
    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final int LEFT = 72;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int HALF_TEXT = 30;

    private TrendBlocks() {}

    /** Tells whether a figure is the rate of one day. */
    static boolean isDaily(Figure figure) {
        return figure.section().equals(OperationsReport.TREND) && figure.name().contains(ON);
    }

    static List<Block> of(List<Figure> figures) {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        Map<String, Map<String, Figure>> byDay = new TreeMap<>();
        figures.stream().filter(TrendBlocks::isDaily).forEach(figure -> {
            String name = figure.name().substring(0, figure.name().lastIndexOf(ON));
            byName.computeIfAbsent(name, key -> new ArrayList<>()).add(figure);
            byDay.computeIfAbsent(day(figure), key -> new LinkedHashMap<>()).put(name, figure);
        });
        List<Block> blocks = new ArrayList<>();
        byName.forEach((name, days) -> {
            if (days.size() > 1) {
                blocks.add(chart(name, days));
            }
        });
        if (!byDay.isEmpty()) {
            blocks.add(table(List.copyOf(byName.keySet()), byDay));
        }
        return blocks;
    }

    private static String day(Figure figure) {
        return figure.name().substring(figure.name().lastIndexOf(ON) + ON.length());
    }

    private static Block table(List<String> names, Map<String, Map<String, Figure>> byDay) {
        List<String> columns = new ArrayList<>(List.of("day"));
        names.forEach(name -> columns.addAll(List.of(name, "n")));
        List<List<Inline>> rows = new ArrayList<>();
        byDay.forEach((day, figures) -> {
            List<Inline> row = new ArrayList<>(List.of(Inline.text(day)));
            names.forEach(name -> {
                Figure figure = figures.get(name);
                row.add(Inline.number(
                        figure == null ? "" : Shown.percent(figure.value().doubleValue())));
                row.add(Inline.number(figure == null ? "" : Shown.count(figure.n())));
            });
            rows.add(row);
        });
        return new Block.Table("Day by day", columns, rows, "");
    }

    private static Block chart(String name, List<Figure> days) {
        double lowest = days.stream()
                .mapToDouble(day -> day.value().doubleValue())
                .min()
                .orElse(0);
        double highest = days.stream()
                .mapToDouble(day -> day.value().doubleValue())
                .max()
                .orElse(1);
        double margin = Math.max(.01, (highest - lowest) / 5);
        double floor = Math.max(0, lowest - margin);
        double top = Math.min(1, highest + margin);
        Svg svg = new Svg(WIDTH, HEIGHT);
        grid(svg, y(top, floor, top), Shown.percent(top));
        grid(svg, y(floor, floor, top), Shown.percent(floor));
        double[] curve = new double[2 * days.size()];
        for (int i = 0; i < days.size(); i++) {
            curve[2 * i] = LEFT + HALF_TEXT + (WIDTH - LEFT - RIGHT - 2.0 * HALF_TEXT) * i / (days.size() - 1);
            curve[2 * i + 1] = y(days.get(i).value().doubleValue(), floor, top);
        }
        svg.polyline("curve", curve)
                .text(day(days.get(0)), curve[0], HEIGHT - 8, Svg.Anchor.MIDDLE)
                .text(day(days.get(days.size() - 1)), curve[curve.length - 2], HEIGHT - 8, Svg.Anchor.MIDDLE);
        String description = name + " by day, from " + Shown.percent(lowest) + " to " + Shown.percent(highest) + ", "
                + Shown.percent(days.get(days.size() - 1).value().doubleValue()) + " on the last day";
        return new Block.Figure(description, svg);
    }

    private static void grid(Svg svg, double y, String label) {
        svg.line("grid", LEFT, y, WIDTH - RIGHT, y).text(label, LEFT - 6, y + 4, Svg.Anchor.END);
    }

    private static double y(double value, double floor, double top) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (top - value) / (top - floor);
    }
}
