/** Confidence sets, and how well automatic judges agree with people. */
@NullMarked
package dev.llmops.release.stats;

import org.jspecify.annotations.NullMarked;
