/** Reads what a call used from the responses of providers. */
@NullMarked
package dev.llmops.cost.usage;

import org.jspecify.annotations.NullMarked;
