/** Races between threads that share one call. */
@NullMarked
package dev.llmops.races;

import org.jspecify.annotations.NullMarked;
