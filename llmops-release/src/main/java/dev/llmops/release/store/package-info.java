/** Stores of switches for a fleet: a database, or Redis. */
@NullMarked
package dev.llmops.release.store;

import org.jspecify.annotations.NullMarked;
