/**
 * Structured log events, one per call, in a published schema, to SLF4J and other sinks. Start at {@link
 * dev.llmops.logging.CallLog}.
 */
@NullMarked
package dev.llmops.logging;

import org.jspecify.annotations.NullMarked;
