/** Assigns units of traffic to the arms of a release, and changes the exposure of the candidate exactly once. */
@NullMarked
package dev.llmops.release.arm;

import org.jspecify.annotations.NullMarked;
