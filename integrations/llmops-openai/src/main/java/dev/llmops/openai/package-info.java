/** Measures the calls of the OpenAI Java client and keeps its types. */
@NullMarked
package dev.llmops.openai;

import org.jspecify.annotations.NullMarked;
