/** A service that answers questions from a handbook. */
@NullMarked
package dev.llmops.samples.rag;

import org.jspecify.annotations.NullMarked;
