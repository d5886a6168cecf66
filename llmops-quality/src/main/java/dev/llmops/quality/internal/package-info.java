/** Helpers of this module; closed to others. */
@NullMarked
package dev.llmops.quality.internal;

import org.jspecify.annotations.NullMarked;
