/** Measures the calls of the Anthropic Java client and keeps its types. */
@NullMarked
package dev.llmops.anthropic;

import org.jspecify.annotations.NullMarked;
