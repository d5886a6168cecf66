/**
 * Saturation of machines: NVIDIA devices and inference servers. Start at
 * {@link dev.llmops.metrics.saturation.Saturation}.
 */
@NullMarked
package dev.llmops.metrics.saturation;

import org.jspecify.annotations.NullMarked;
