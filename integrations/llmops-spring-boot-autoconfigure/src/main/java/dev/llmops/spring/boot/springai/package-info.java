/** Observes the chat clients, models and tools of Spring AI. */
@NullMarked
package dev.llmops.spring.boot.springai;

import org.jspecify.annotations.NullMarked;
