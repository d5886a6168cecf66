/** The observed call and its record. Start at {@link dev.llmops.core.LlmOps}. */
@NullMarked
package dev.llmops.core;

import org.jspecify.annotations.NullMarked;
