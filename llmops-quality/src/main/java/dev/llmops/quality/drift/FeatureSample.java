package dev.llmops.quality.drift;

import dev.llmops.core.record.CallRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the first values of a feature, chooses bins from them, and counts from then on. Not thread-safe. */
final class FeatureSample {

    private final Feature feature;
    private Object @Nullable [] values = new Object[ReferenceRecorder.SAMPLE];
    private int[] hours = new int[ReferenceRecorder.SAMPLE];
    private int size;
    private @Nullable Counts counts;

    private static final Object MISSING = new Object();

    @SuppressWarnings("ArrayRecordComponent") // counted in place, never compared
    private record Counts(Binning binning, long[] whole, int[] byHour) {

        void add(Object value, int hour) {
            int bin = bin(value);
            whole[bin]++;
            byHour[hour * binning.size() + bin]++;
        }

        private int bin(Object value) {
            if (value == MISSING) {
                return binning.missingBin();
            }
            return binning instanceof NumericBins numeric
                    ? numeric.bin((Double) value)
                    : ((CategoryBins) binning).bin((String) value);
        }

        static Counts none(Binning binning) {
            return new Counts(binning, new long[binning.size()], new int[FeatureProfile.HOURS * binning.size()]);
        }

        Counts copy() {
            return new Counts(binning, whole.clone(), byHour.clone());
        }
    }

    /** Chooses bins, or counts into those that are given. */
    FeatureSample(Feature feature, @Nullable Binning given) {
        this.feature = feature;
        this.counts = given == null ? null : Counts.none(given);
    }

    void add(CallRecord record, int hour) {
        Object value = value(record);
        if (counts != null) {
            counts.add(value, hour);
            return;
        }
        Objects.requireNonNull(values)[size] = value;
        hours[size++] = hour;
        if (size == values.length) {
            counts = count().orElse(null);
            values = counts == null ? new Object[ReferenceRecorder.SAMPLE] : null;
            size = 0;
        }
    }

    private Object value(CallRecord record) {
        if (feature instanceof Feature.Numeric numeric) {
            double value = numeric.value().applyAsDouble(record);
            return Double.isNaN(value) ? MISSING : (Object) value;
        }
        return Objects.requireNonNullElse(((Feature.Category) feature).value().apply(record), MISSING);
    }

    /** Chooses the bins and counts what has been collected; empty if every value was missing. */
    private Optional<Counts> count() {
        Object[] collected = Arrays.copyOf(Objects.requireNonNull(values), size);
        Object[] known =
                Arrays.stream(collected).filter(value -> value != MISSING).toArray();
        if (known.length == 0) {
            return Optional.empty();
        }
        Binning binning = feature instanceof Feature.Numeric ? numericBins(known) : categoryBins(known);
        Counts first = Counts.none(binning);
        for (int i = 0; i < collected.length; i++) {
            first.add(collected[i], hours[i]);
        }
        return Optional.of(first);
    }

    private static Binning numericBins(Object[] known) {
        return NumericBins.ofQuantiles(
                Arrays.stream(known).mapToDouble(value -> (Double) value).toArray(), NumericBins.DEFAULT_BINS);
    }

    private static Binning categoryBins(Object[] known) {
        Map<String, Long> frequencies = new LinkedHashMap<>();
        for (Object value : known) {
            frequencies.merge((String) value, 1L, Long::sum);
        }
        return CategoryBins.ofMostFrequent(frequencies, CategoryBins.DEFAULT_VALUES);
    }

    Optional<FeatureProfile> profile() {
        Optional<Counts> known = counts == null ? count() : Optional.of(counts.copy());
        return known.map(found -> new FeatureProfile(feature.name(), found.binning(), found.whole(), found.byHour()));
    }
}
