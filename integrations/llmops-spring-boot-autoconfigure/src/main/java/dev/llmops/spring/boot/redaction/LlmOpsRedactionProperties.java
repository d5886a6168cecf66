package dev.llmops.spring.boot.redaction;

import dev.llmops.redaction.Redactor;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.redaction.*}.
 *
 * @param enabled Whether texts in records are redacted.
 * @param ignore Types of personal data and secrets that are left as they are, such as UUID. Empty by default.
 * @param rules Expressions of one's own, by the type that replaces what they find. Empty by default.
 * @param phoneRegions Regions whose national phone numbers are found, such as DE; needs libphonenumber; empty by
 *     default.
 * @param maxLength Length in characters from which a text is dropped instead of redacted.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.redaction")
record LlmOpsRedactionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Set<String> ignore,
        @DefaultValue Map<String, String> rules,
        @DefaultValue Set<String> phoneRegions,
        @DefaultValue("" + Redactor.DEFAULT_MAX_LENGTH) int maxLength) {}
