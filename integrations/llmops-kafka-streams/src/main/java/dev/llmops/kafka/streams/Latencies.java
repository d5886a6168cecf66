package dev.llmops.kafka.streams;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Latencies as HdrHistograms of microseconds up to an hour, to two digits. All have one range, so equal counts are equal
 * texts, in the compressed form that the tools of HdrHistogram read.
 */
final class Latencies {

    private static final long MAX_MICROS = 3_600_000_000L;
    private static final int DIGITS = 2;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private Latencies() {}

    static Histogram none() {
        return new Histogram(1, MAX_MICROS, DIGITS);
    }

    static Histogram of(long nanos) {
        Histogram one = none();
        one.recordValue(Math.max(0, Math.min(nanos / NANOS_PER_MICRO, MAX_MICROS)));
        return one;
    }

    static Histogram plus(Histogram one, Histogram other) {
        Histogram sum = one.copy();
        sum.add(other);
        return sum;
    }

    static String write(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    static Histogram read(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), MAX_MICROS);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(
                    "the histogram is not readable (" + text.length()
                            + " characters) — a compressed HdrHistogram is read — reset the application",
                    e);
        }
    }

    /** The figures that people read, in milliseconds. */
    static Map<String, Object> figures(Histogram histogram) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("calls", histogram.getTotalCount());
        for (int percent : new int[] {50, 95, 99}) {
            figures.put("p" + percent, histogram.getValueAtPercentile(percent) / MICROS_PER_MILLI);
        }
        figures.put("histogram", write(histogram));
        return figures;
    }
}
