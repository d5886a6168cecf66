/** The observed call and its record. Start at {@link dev.llmops.core.Ticker}. */
@NullMarked
package dev.llmops.core;

import org.jspecify.annotations.NullMarked;
