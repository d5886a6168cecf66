/** Records spans through the application's OpenTelemetry. */
@NullMarked
package dev.llmops.spring.boot.tracing;

import org.jspecify.annotations.NullMarked;
