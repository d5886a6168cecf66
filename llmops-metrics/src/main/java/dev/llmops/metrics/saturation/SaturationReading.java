package dev.llmops.metrics.saturation;

import dev.llmops.metrics.instrument.Instrument;
import java.util.List;

/**
 * A reading of one gauge.
 *
 * @param instrument what was read; a gauge
 * @param labelValues the values of {@link Instrument#labels()}, in that order
 * @param value the value, in the instrument's unit
 * @since 0.1.0
 */
public record SaturationReading(Instrument instrument, List<String> labelValues, double value) {

    /**
     * Copies the label values.
     *
     * @param instrument what was read; a gauge
     * @param labelValues the values of its labels
     * @param value the value, in the instrument's unit
     * @throws IllegalArgumentException if the instrument is no gauge, or has another number of labels
     */
    public SaturationReading {
        labelValues = List.copyOf(labelValues);
        if (instrument.kind() != Instrument.Kind.GAUGE
                || labelValues.size() != instrument.labels().size()) {
            throw new IllegalArgumentException(instrument.meterName() + " does not take the reading (" + labelValues
                    + ") — a gauge and one value for each of " + instrument.labels() + " — pass those");
        }
    }

    static SaturationReading gpu(Instrument instrument, String gpuId, double value) {
        return new SaturationReading(instrument, List.of(gpuId), value);
    }

    /** A reading that cannot be true, such as a percentage where a ratio belongs, must not be shown. */
    boolean isPlausible() {
        return Double.isFinite(value) && value >= 0 && (!instrument.unit().equals("1") || value <= 1);
    }
}
