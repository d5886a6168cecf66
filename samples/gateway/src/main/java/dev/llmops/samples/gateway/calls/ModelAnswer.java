package dev.llmops.samples.gateway.calls;

import dev.llmops.core.record.CallRecord;
import org.jspecify.annotations.Nullable;

/**
 * How a call to the model ended.
 *
 * @param record everything that was observed of it
 * @param text what the model answered, also when that is only the beginning
 * @param retryAfter when the provider wants to be asked again, in its own words, if it said so
 */
public record ModelAnswer(CallRecord record, String text, @Nullable String retryAfter) {}
