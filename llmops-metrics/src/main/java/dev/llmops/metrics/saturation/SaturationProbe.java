package dev.llmops.metrics.saturation;

import dev.llmops.metrics.instrument.Instrument;
import java.util.List;

/**
 * A source of saturation readings. Each probe is polled on a daemon thread, by one thread at a time, and never on a
 * caller's thread.
 *
 * @since 0.1.0
 */
public interface SaturationProbe extends AutoCloseable {

    /**
     * Names the probe in {@code llm.telemetry.failures}.
     *
     * @return a fixed word of low cardinality
     */
    String name();

    /**
     * Looks at the source once. It must end by itself: a probe that hangs holds up no other, but shows nothing new.
     *
     * @return what was found
     * @throws Exception if the source as a whole could not be read; all of its readings become absent
     */
    Poll poll() throws Exception;

    /** Lets go of what the probe holds. */
    @Override
    default void close() {}

    /**
     * A reading of one gauge.
     *
     * @param instrument what was read; a gauge
     * @param labelValues the values of {@link Instrument#labels()}, in that order
     * @param value the value, in the instrument's unit
     */
    public record Reading(Instrument instrument, List<String> labelValues, double value) {

        /**
         * Copies the label values.
         *
         * @param instrument what was read; a gauge
         * @param labelValues the values of its labels
         * @param value the value, in the instrument's unit
         * @throws IllegalArgumentException if the instrument is no gauge, or has another number of labels
         */
        public Reading {
            labelValues = List.copyOf(labelValues);
            if (instrument.kind() != Instrument.Kind.GAUGE
                    || labelValues.size() != instrument.labels().size()) {
                throw new IllegalArgumentException(instrument.meterName() + " does not take the reading (" + labelValues
                        + ") — a gauge and one value for each of " + instrument.labels() + " — pass those");
            }
        }

        static Reading gpu(Instrument instrument, String gpuId, double value) {
            return new Reading(instrument, List.of(gpuId), value);
        }

        /** A reading that cannot be true, such as a percentage where a ratio belongs, must not be shown. */
        boolean isPlausible() {
            return Double.isFinite(value) && value >= 0 && (!instrument.unit().equals("1") || value <= 1);
        }
    }

    /**
     * Readings of one poll of a source.
     *
     * @param readings what could be read; what is missing here is shown as absent, never as zero
     * @param problems what could not be read and should have been, in words for the log; each counts as a failure
     */
    public record Poll(List<Reading> readings, List<String> problems) {

        /**
         * Copies both lists.
         *
         * @param readings what could be read
         * @param problems what could not be read and should have been
         */
        public Poll {
            readings = List.copyOf(readings);
            problems = List.copyOf(problems);
        }
    }
}
