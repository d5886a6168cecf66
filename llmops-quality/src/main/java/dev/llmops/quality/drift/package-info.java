/**
 * Drift: reference profiles, calibrated detectors and changes of the provider's model. Start at {@link
 * dev.llmops.quality.drift.DriftMonitor}.
 */
@NullMarked
package dev.llmops.quality.drift;

import org.jspecify.annotations.NullMarked;
