/** Observes the chat clients, tools and embedding models of Spring AI. */
@NullMarked
package dev.llmops.spring.boot.springai;

import org.jspecify.annotations.NullMarked;
