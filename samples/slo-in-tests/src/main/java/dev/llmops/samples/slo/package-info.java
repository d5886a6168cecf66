/** A service that answers questions by a stream. */
@NullMarked
package dev.llmops.samples.slo;

import org.jspecify.annotations.NullMarked;
