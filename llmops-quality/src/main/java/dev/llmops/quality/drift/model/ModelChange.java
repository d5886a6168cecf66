package dev.llmops.quality.drift.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of the model behind a name that the application did not change itself.
 *
 * @param kind the signal
 * @param provider the provider
 * @param requestModel the model that is asked for
 * @param before the former value: a response model, a fingerprint, or the share of probes that agreed
 * @param after the new value
 * @param at when it was seen
 * @param evidence a sentence for people, or null
 * @since 0.1.0
 */
public record ModelChange(
        Kind kind,
        String provider,
        String requestModel,
        String before,
        String after,
        Instant at,
        @Nullable String evidence) {

    /** Signal of a change. */
    public enum Kind {
        /** The provider names another model in its answers. */
        RESPONSE_MODEL,
        /** The provider's fingerprint of model and serving stack is another one. */
        FINGERPRINT,
        /** Probe prompts are answered differently than before. */
        PROBE
    }
}
