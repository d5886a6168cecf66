package dev.llmops.samples.gateway.calls;

import dev.llmops.core.record.CallRecord;
import dev.llmops.samples.gateway.provider.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call to a model.
 *
 * @param record the call's record
 * @param text the answer, also if it is cut off
 * @param status the provider's HTTP status; 200 before it answered
 * @param error the provider's own error, if it reported one
 */
public record ModelAnswer(
        CallRecord record,
        String text,
        int status,
        @Nullable ProviderException error) {}
