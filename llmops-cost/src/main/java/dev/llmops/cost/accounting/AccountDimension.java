package dev.llmops.cost.accounting;

import dev.llmops.core.record.CallRecord;
import org.jspecify.annotations.Nullable;

/**
 * By what calls are added up.
 *
 * @since 0.1.0
 */
public enum AccountDimension {
    /** The person or account on whose behalf the call was made. */
    USER,
    /** The organisation that pays. */
    TENANT,
    /** The product feature that made the call. */
    FEATURE,
    /** The provider that served it. */
    PROVIDER,
    /** The model that was asked for. */
    MODEL,
    /** The id of the version set in force. */
    VERSION_SET;

    /**
     * Returns the value of a call.
     *
     * @param record the call
     * @return the value, empty where the call does not say
     */
    public String of(CallRecord record) {
        String value =
                switch (this) {
                    case USER -> record.info().user();
                    case TENANT -> record.info().tenant();
                    case FEATURE -> record.info().feature();
                    case PROVIDER -> record.info().provider();
                    case MODEL -> record.info().requestModel();
                    case VERSION_SET -> record.info().versionSet().id();
                };
        return emptyIfNull(value);
    }

    private static String emptyIfNull(@Nullable String value) {
        return value == null ? "" : value;
    }
}
