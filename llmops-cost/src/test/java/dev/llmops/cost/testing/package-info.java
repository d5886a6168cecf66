/** Real servers for tests. */
@NullMarked
package dev.llmops.cost.testing;

import org.jspecify.annotations.NullMarked;
