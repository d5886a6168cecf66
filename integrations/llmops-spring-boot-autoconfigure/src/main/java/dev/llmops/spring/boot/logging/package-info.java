/** Writes the log of calls through the application's SLF4J. */
@NullMarked
package dev.llmops.spring.boot.logging;

import org.jspecify.annotations.NullMarked;
