package dev.llmops.cost.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what the ledger sums up and filters.
 *
 * @since 0.1.0
 */
public enum LedgerDimension {
    /** The organisation that pays. */
    TENANT("tenant"),
    /** The person or account on whose behalf the call was made. */
    USER("user_id"),
    /** The product feature that made the call. */
    FEATURE("feature"),
    /** The provider that served it. */
    PROVIDER("provider"),
    /** The model that was asked for. */
    MODEL("model"),
    /** The id of the version set in force. */
    VERSION_SET("version_set");

    private final String column;

    LedgerDimension(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    /**
     * The value of an entry.
     *
     * @param entry the entry
     * @return its value, or null where the call did not say
     */
    public @Nullable String of(LedgerEntry entry) {
        return switch (this) {
            case TENANT -> entry.tenant();
            case USER -> entry.user();
            case FEATURE -> entry.feature();
            case PROVIDER -> entry.provider();
            case MODEL -> entry.model();
            case VERSION_SET -> entry.versionSet();
        };
    }

    /** The name in exports and addresses, such as {@code version_set}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
