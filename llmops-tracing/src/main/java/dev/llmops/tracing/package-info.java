/**
 * Spans of observed calls on the OpenTelemetry API, and what carries a trace and its versions between processes. Start at
 * {@link dev.llmops.tracing.CallSpans}; for incoming and outgoing requests see {@link dev.llmops.tracing.TraceHeaders}.
 */
@NullMarked
package dev.llmops.tracing;

import org.jspecify.annotations.NullMarked;
