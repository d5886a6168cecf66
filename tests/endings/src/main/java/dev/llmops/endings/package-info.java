/** A provider that ends its answers in every way there is, and the table that each integration must pass. */
@NullMarked
package dev.llmops.endings;

import org.jspecify.annotations.NullMarked;
