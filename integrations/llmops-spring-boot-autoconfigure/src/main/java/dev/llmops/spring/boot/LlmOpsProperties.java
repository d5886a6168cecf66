package dev.llmops.spring.boot;

import dev.llmops.core.privacy.ContentPolicy.IdDisplay;
import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.*}.
 *
 * @param enabled Whether anything is measured.
 * @param versions Versions of what answers, such as code, prompt and model. Empty by default.
 * @param detectVersions Whether missing versions are taken from the environment and from build information.
 * @param abandonAfter Time after which an open call is abandoned.
 * @param recentCalls Number of ended calls that feedback and scores can be joined to.
 * @param recentCallsMaxAge Time for which feedback and scores can be joined to an ended call.
 * @param warmUp Whether the classes of the first call are loaded while the application starts.
 * @param startupLine Whether a line at start-up says what is measured, what is not, and why.
 * @param content Which private data is kept and shown.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops")
record LlmOpsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<String, String> versions,
        @DefaultValue("true") boolean detectVersions,
        @DefaultValue("1h") Duration abandonAfter,
        @DefaultValue("20000") int recentCalls,
        @DefaultValue("24h") Duration recentCallsMaxAge,
        @DefaultValue("true") boolean warmUp,
        @DefaultValue("true") boolean startupLine,
        @DefaultValue Content content) {

    /**
     * The properties {@code llmops.content.*}: which private data is kept and shown, alike in logs, on spans and by the
     * actuator.
     *
     * @param capture Whether records keep prompts and answers.
     * @param show Whether logs and spans show captured prompts and answers, as redaction left them.
     * @param showEventTexts Whether logs and spans show comments, explanations and details that come after the call.
     * @param userIds Form in which user ids are shown; keyed hashes if a key is set and plain otherwise, by default.
     * @param tenantIds Form in which tenant ids are shown; as user ids by default.
     * @param idKey Secret key of hashed ids, at least 16 bytes in UTF-8. None by default.
     * @param idKeyId Name of the key of hashed ids, such as the month since which it is in use.
     */
    public record Content(
            @DefaultValue("false") boolean capture,
            @DefaultValue("false") boolean show,
            @DefaultValue("false") boolean showEventTexts,
            @Nullable IdDisplay userIds,
            @Nullable IdDisplay tenantIds,
            @Nullable String idKey,
            @DefaultValue("key") String idKeyId) {

        /** Checks the key. */
        public Content {
            if (idKey != null && idKey.getBytes(StandardCharsets.UTF_8).length < Pseudonyms.MIN_KEY_BYTES) {
                throw new InvalidLlmOpsPropertyException(
                        "llmops.content.id-key",
                        "the key is too short (" + idKey.length() + " characters) — at least "
                                + Pseudonyms.MIN_KEY_BYTES + " bytes are required",
                        "Set llmops.content.id-key to a long random text from a secret store.");
            }
            if (idKey == null && (userIds == IdDisplay.KEYED_HASH || tenantIds == IdDisplay.KEYED_HASH)) {
                throw new InvalidLlmOpsPropertyException(
                        "llmops.content.id-key",
                        "ids are to be shown as keyed hashes, but there is no key",
                        "Set llmops.content.id-key, or choose plain, unkeyed-hash or omitted.");
            }
        }
    }
}
