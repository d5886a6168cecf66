package dev.llmops.release.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmops.release.arm.Arm;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums in a few bytes each, since a release has hundreds and most are small. Immutable; equal sums give equal bytes.
 *
 * <p>Sums stand in the order of their keys. Each begins with a byte that holds its arm and says what follows: the stage, if it is
 * another one than before; the series, if it is another one, as the number of bytes that it has in common with the one before and
 * the rest; the counts; and the sum and the squares of values, if there are any. Numbers take as few bytes as they need.
 */
final class PackedSums {

    private static final List<Arm> ARMS = List.of(Arm.values());
    private static final int ARM = 7;
    private static final int HAS_VALUES = 8;
    private static final int NEXT_SERIES = 16;
    private static final int NEXT_STAGE = 32;

    private static final int DIGIT_BITS = 7;
    private static final int MORE_DIGITS = 1 << DIGIT_BITS;

    private final byte[] bytes;

    private PackedSums(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedSums of(SortedMap<GateEvidence.Key, MetricSums> sums) {
        Writer writer = new Writer();
        sums.forEach(writer::write);
        return new PackedSums(writer.out.toByteArray());
    }

    /** Passes on all sums in the order of their keys. */
    void forEach(BiConsumer<GateEvidence.Key, MetricSums> action) {
        new Reader(bytes).forEach(action);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackedSums that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private GateEvidence.@Nullable Key before;
        private byte[] seriesBefore = {};

        void write(GateEvidence.Key key, MetricSums sums) {
            boolean isNextStage = before == null || !key.stage().equals(before.stage());
            boolean isNextSeries = before == null || !key.series().equals(before.series());
            boolean hasValues = sums.sumNanos() != 0 || sums.squares().signum() != 0;
            out.write(ARMS.indexOf(key.arm())
                    | (hasValues ? HAS_VALUES : 0)
                    | (isNextSeries ? NEXT_SERIES : 0)
                    | (isNextStage ? NEXT_STAGE : 0));
            if (isNextStage) {
                bytes(key.stage().getBytes(UTF_8), 0);
            }
            if (isNextSeries) {
                series(key.series().getBytes(UTF_8));
            }
            number(sums.n());
            number(sums.bad());
            if (hasValues) {
                number(sums.sumNanos());
                bytes(sums.squares().toByteArray(), 0);
            }
            before = key;
        }

        private void series(byte[] series) {
            int difference = Arrays.mismatch(seriesBefore, series);
            int common = difference < 0 ? series.length : difference;
            number(common);
            bytes(series, common);
            seriesBefore = series;
        }

        private void bytes(byte[] bytes, int from) {
            number(bytes.length - (long) from);
            out.write(bytes, from, bytes.length - from);
        }

        /** Begins with the sign and six bits; the others come by seven. */
        private void number(long number) {
            long left = (number << 1) ^ (number >> (Long.SIZE - 1));
            while ((left & -MORE_DIGITS) != 0) {
                out.write((int) left | MORE_DIGITS);
                left >>>= DIGIT_BITS;
            }
            out.write((int) left);
        }
    }

    private static final class Reader {

        private final byte[] bytes;
        private int at;
        private byte[] series = {};

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        void forEach(BiConsumer<GateEvidence.Key, MetricSums> action) {
            String stageName = "";
            String seriesName = "";
            while (at < bytes.length) {
                int kind = bytes[at++];
                stageName = (kind & NEXT_STAGE) == 0 ? stageName : new String(bytes(0), UTF_8);
                seriesName = (kind & NEXT_SERIES) == 0 ? seriesName : series();
                long n = number();
                long bad = number();
                boolean hasValues = (kind & HAS_VALUES) != 0;
                long sumNanos = hasValues ? number() : 0;
                BigInteger squares = hasValues ? new BigInteger(bytes(0)) : BigInteger.ZERO;
                action.accept(
                        new GateEvidence.Key(stageName, seriesName, ARMS.get(kind & ARM)),
                        new MetricSums(n, bad, sumNanos, squares));
            }
        }

        private String series() {
            int common = (int) number();
            byte[] next = bytes(common);
            System.arraycopy(series, 0, next, 0, common);
            series = next;
            return new String(next, UTF_8);
        }

        /** Reads bytes and leaves room before them. */
        private byte[] bytes(int room) {
            int length = (int) number();
            byte[] read = new byte[room + length];
            System.arraycopy(bytes, at, read, room, length);
            at += length;
            return read;
        }

        private long number() {
            long digits = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes[at++];
                digits |= (long) (next & (MORE_DIGITS - 1)) << shift;
                shift += DIGIT_BITS;
            } while (next < 0);
            return (digits >>> 1) ^ -(digits & 1);
        }
    }
}
