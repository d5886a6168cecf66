/** Measures the chat clients, models and tools of Spring AI. */
@NullMarked
package dev.llmops.springai;

import org.jspecify.annotations.NullMarked;
