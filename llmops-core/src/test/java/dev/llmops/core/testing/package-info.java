/** Fixtures for tests of code that observes calls: a clock that moves only when told, and a listener that remembers. */
@NullMarked
package dev.llmops.core.testing;

import org.jspecify.annotations.NullMarked;
