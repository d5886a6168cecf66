package dev.llmops.spring.boot.logging;

import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code llmops.logging.*}.
 *
 * @param enabled Whether calls are logged.
 * @param mode Form of a record in the log; auto takes the one in which the application's log format loses nothing.
 * @param sampleRate Share of ordinary successes that is logged, 0 to 1; everything else is always logged.
 * @param slow Duration from which a call is always logged.
 * @param expensive Cost from which a call is always logged, in the currency of the cost.
 * @param maxRecordSize Largest size of a record.
 * @param tokenAliases Whether records also have input_tokens and output_tokens.
 * @param numericAmounts Whether amounts are JSON numbers instead of decimal text.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.logging")
record LlmOpsLoggingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("auto") Mode mode,
        @DefaultValue("1.0") double sampleRate,
        @DefaultValue("10s") Duration slow,
        @DefaultValue("1") BigDecimal expensive,
        @DefaultValue("240KB") DataSize maxRecordSize,
        @DefaultValue("false") boolean tokenAliases,
        @DefaultValue("false") boolean numericAmounts) {

    /** The form of a record in the log. */
    public enum Mode {
        /** Nested where Spring Boot writes structured logs without content, else JSON in the message. */
        AUTO,
        /** An object under one key. */
        NESTED,
        /** A key for each field. */
        FLAT,
        /** JSON text in the message. */
        MESSAGE_JSON
    }

    /** Checks the share. */
    public LlmOpsLoggingProperties {
        if (!(sampleRate >= 0 && sampleRate <= 1)) {
            throw new InvalidLlmOpsPropertyException(
                    "llmops.logging.sample-rate",
                    "the share is out of range (" + sampleRate + ") — 0 to 1 is allowed",
                    "Set llmops.logging.sample-rate to a share, such as 0.1 for a tenth of the successes.");
        }
    }
}
