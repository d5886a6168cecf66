/** The release gate: judges a candidate version set against a concurrent baseline, and says what to do. */
@NullMarked
package dev.llmops.release;

import org.jspecify.annotations.NullMarked;
