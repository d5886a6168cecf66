package dev.llmops.report.slo;

/**
 * Equal bins over the values of an indicator, of which one edge is the threshold, so that no bin holds good and bad
 * values. The last bin takes all values above it too.
 *
 * @param from the lower edge of the first bin
 * @param width the width of a bin
 * @param counts the number of values in each bin
 * @param isCutOff true if values lie above the last bin
 */
@SuppressWarnings("ArrayRecordComponent") // Read by the chart alone, in order.
record Bins(double from, double width, long[] counts, boolean isCutOff) {

    /** The axis ends at this multiple of the threshold or of the 99th percentile, whichever is greater. */
    private static final double HEADROOM = 1.2;

    static Bins of(Scale scale, double[] sorted, int maxBins) {
        double greatest = sorted[sorted.length - 1];
        double from = Math.min(0, sorted[0]);
        double edge = scale.threshold().orElse(greatest);
        double typical = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
        double to = Math.min(Math.max(greatest, edge * HEADROOM), HEADROOM * Math.max(edge, typical));
        if (!(to > from)) {
            to = from + 1;
        }
        double toEdge = edge > from && edge <= to ? edge - from : to - from;
        int binsToEdge = Math.max(1, (int) Math.floor(maxBins * toEdge / (to - from)));
        double width = toEdge / binsToEdge;
        int bins = Math.max(1, Math.min(maxBins, (int) Math.ceil((to - from) / width - 1e-9)));
        long[] counts = new long[bins];
        for (double value : sorted) {
            counts[bin(scale, (value - from) / width, bins)]++;
        }
        return new Bins(from, width, counts, greatest > from + bins * width);
    }

    /** A value on an edge belongs to the side on which it is good. */
    private static int bin(Scale scale, double position, int bins) {
        double bin = scale.isHighGood() ? Math.floor(position) : Math.ceil(position) - 1;
        return (int) Math.max(0, Math.min(bins - 1, bin));
    }

    double middle(int bin) {
        return from + (bin + 0.5) * width;
    }

    /** Returns where a value lies, in bins from the first. */
    double position(double value) {
        return Math.max(0, Math.min(counts.length, (value - from) / width));
    }

    String lastLabel(Scale scale) {
        return scale.format(from + counts.length * width) + (isCutOff ? " and above" : "");
    }
}
