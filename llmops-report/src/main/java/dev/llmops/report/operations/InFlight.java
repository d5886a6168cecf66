package dev.llmops.report.operations;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts the calls that ran at the same time. Keeps two numbers for each call. */
final class InFlight {

    private long[] starts = new long[1024];
    private long[] ends = new long[1024];
    private int calls;
    private double busyMillis;

    void add(Instant start, double millis) {
        if (calls == starts.length) {
            starts = Arrays.copyOf(starts, 2 * calls);
            ends = Arrays.copyOf(ends, 2 * calls);
        }
        starts[calls] = start.toEpochMilli();
        ends[calls++] = start.toEpochMilli() + Math.round(millis);
        busyMillis += millis;
    }

    /** Returns the mean over a period (Little's law) and the peak; a call that ends when another starts is not with it. */
    List<Figure> figures(String section, Duration period) {
        if (calls == 0) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.number(section, "calls in flight, mean", busyMillis / period.toMillis(), "", calls));
        figures.add(new Figure(section, "calls in flight, peak", BigDecimal.valueOf(peak()), "", calls, null, null));
        return figures;
    }

    private int peak() {
        long[] begun = Arrays.copyOf(starts, calls);
        long[] ended = Arrays.copyOf(ends, calls);
        Arrays.sort(begun);
        Arrays.sort(ended);
        int peak = 0;
        int over = 0;
        for (int i = 0; i < calls; i++) {
            while (ended[over] <= begun[i] && over < i) {
                over++;
            }
            peak = Math.max(peak, i + 1 - over);
        }
        return peak;
    }
}
