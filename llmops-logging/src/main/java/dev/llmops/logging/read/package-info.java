/** Reads records of the call log back. */
@NullMarked
package dev.llmops.logging.read;

import org.jspecify.annotations.NullMarked;
