/** Detectors and their findings. */
@NullMarked
package dev.llmops.redaction.detect;

import org.jspecify.annotations.NullMarked;
