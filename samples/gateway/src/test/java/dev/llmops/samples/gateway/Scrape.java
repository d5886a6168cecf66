package dev.llmops.samples.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One page of {@code /metrics}, to be asked for sums over series. */
record Scrape(List<Series> series) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? (\\S+).*");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z0-9_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    record Series(String name, Map<String, String> labels, double value) {}

    public static Scrape of(String page) {
        List<Series> series = new ArrayList<>();
        page.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("no series: " + line);
            }
            series.add(new Series(matcher.group(1), labels(matcher.group(2)), Double.parseDouble(matcher.group(3))));
        });
        return new Scrape(series);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text == null ? "" : text);
        while (matcher.find()) {
            labels.put(matcher.group(1), matcher.group(2));
        }
        return labels;
    }

    /** The sum over all series of a name that carry these labels, given as name, value, name, value, … */
    double sum(String name, String... labels) {
        return series.stream()
                .filter(each -> each.name.equals(name) && carries(each, labels))
                .mapToDouble(Series::value)
                .sum();
    }

    /** The values above zero of one label, by its value. */
    Map<String, Double> by(String name, String label) {
        return series.stream()
                .filter(each -> each.name.equals(name) && each.value != 0)
                .collect(Collectors.groupingBy(
                        each -> each.labels.getOrDefault(label, ""),
                        TreeMap::new,
                        Collectors.summingDouble(Series::value)));
    }

    private static boolean carries(Series series, String[] labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(series.labels.get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
