/** The arithmetic of a token stream: gaps between tokens, their histogram and their totals. */
@NullMarked
package dev.llmops.core.stream;

import org.jspecify.annotations.NullMarked;
