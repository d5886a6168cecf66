package dev.llmops.metrics.saturation;

import java.util.List;

/**
 * Readings of one poll of a source.
 *
 * @param readings what could be read; what is missing here is shown as absent, never as zero
 * @param problems what could not be read and should have been, in words for the log; each counts as a failure
 * @since 0.1.0
 */
public record SaturationPoll(List<SaturationReading> readings, List<String> problems) {

    /**
     * Copies both lists.
     *
     * @param readings what could be read
     * @param problems what could not be read and should have been
     */
    public SaturationPoll {
        readings = List.copyOf(readings);
        problems = List.copyOf(problems);
    }
}
