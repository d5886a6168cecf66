package dev.llmops.report.dashboard;

import dev.llmops.metrics.instrument.Instrument;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Queries over the metrics of the table, by their names on Prometheus. Quantiles are those of the classic buckets, and of the
 * native ones where a server keeps these alone.
 *
 * <p>See docs/decisions/report.md#quantiles-are-asked-of-classic-or-native-buckets.
 */
final class PromQl {

    private final String range;
    private final String model;

    private PromQl(String range, String model) {
        this.range = range;
        this.model = model;
    }

    /**
     * Returns queries for panels, which look at the interval of the panel and at the chosen models.
     *
     * @param modelLabel the label of the model; empty for metrics without one
     */
    static PromQl ofPanel(String modelLabel) {
        return new PromQl("$__rate_interval", modelLabel.isEmpty() ? "" : modelLabel + "=~\"$model\"");
    }

    /** Returns queries over a fixed time and all models. */
    static PromQl over(String range) {
        return new PromQl(range, "");
    }

    /** Returns the selector of a series. */
    String of(String name, String... matchers) {
        StringBuilder selector = new StringBuilder(model);
        for (String matcher : matchers) {
            selector.append(selector.isEmpty() ? "" : ",").append(matcher);
        }
        return selector.isEmpty() ? name : name + "{" + selector + "}";
    }

    String gauge(Instrument instrument, String... matchers) {
        return of(instrument.prometheusName(), matchers);
    }

    /** Returns the rate of a counter, or of the values of a histogram. */
    String rate(Instrument instrument, String... matchers) {
        String name = instrument.prometheusName();
        return rateOf(instrument.kind() == Instrument.Kind.HISTOGRAM ? name + "_count" : name, matchers);
    }

    /** Returns the rate of the series of a name. */
    String rateOf(String name, String... matchers) {
        return "rate(" + of(name, matchers) + "[" + range + "])";
    }

    String sum(String of) {
        return "sum(" + of + ")";
    }

    String sum(String by, String of) {
        return "sum by (" + by + ") (" + of + ")";
    }

    String sumOfRate(Instrument instrument, String... matchers) {
        return sum(rate(instrument, matchers));
    }

    /** Returns a share or a mean; where there is nothing to divide by, nothing. */
    String ratio(String of, String per) {
        return of + " / (" + per + " > 0)";
    }

    /** Returns a quantile of a histogram. */
    String quantile(double quantile, Instrument histogram) {
        return quantile(quantile, "le", histogram);
    }

    /** Returns a quantile of a histogram for each value of a label. */
    String quantileBy(String label, double quantile, Instrument histogram) {
        return quantile(quantile, label + ", le", histogram);
    }

    private String quantile(double quantile, String by, Instrument histogram) {
        String name = histogram.prometheusName();
        return Stream.of(name + "_bucket", name)
                .map(series -> "histogram_quantile(" + quantile + ", " + sum(by, rateOf(series)) + ")")
                .collect(Collectors.joining(" or "));
    }

    /** Returns the rate of the sum of a histogram's values. */
    String rateOfSum(Instrument histogram) {
        return rateOf(histogram.prometheusName() + "_sum");
    }

    /** Returns the rate of the cost in one currency. */
    String costRate(String currency) {
        return "rate(" + of(cost(currency)) + "[" + range + "])";
    }

    /** Returns the sum of a counter's increase in a fixed time. */
    String sumOfIncrease(String counter, String time, String... matchers) {
        return sum("increase(" + of(counter, matchers) + "[" + time + "])");
    }

    static String cost(String currency) {
        return Instrument.COST.prometheusName().replace("{currency}", currency.toLowerCase(Locale.ROOT));
    }
}
