package dev.llmops.slo;

import java.util.Locale;

/**
 * What calls can be filtered and grouped by. User ids are missing on purpose: they never become a label.
 *
 * @since 0.1.0
 */
public enum Dimension {
    /** The operation, such as {@code chat}. */
    OPERATION,
    /** The provider, such as {@code openai}. */
    PROVIDER,
    /** The model that was asked for. */
    MODEL,
    /** The tenant. */
    TENANT,
    /** The product feature. */
    FEATURE,
    /** The id of the version set. */
    VERSION_SET;

    /**
     * The label on metrics and the key in files.
     *
     * @return the name in lower case, such as {@code version_set}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
