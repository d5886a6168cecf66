/** Fixtures for tests of code that observes calls: a clock that tests advance, and a listener that keeps the records. */
@NullMarked
package dev.llmops.core.testing;

import org.jspecify.annotations.NullMarked;
