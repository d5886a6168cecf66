package dev.llmops.cost.ledger.query;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryColumn;
import org.jspecify.annotations.Nullable;

/**
 * By what the ledger sums up and filters.
 *
 * @since 0.1.0
 */
public enum LedgerDimension {
    /** The organisation that pays. */
    TENANT,
    /** The person or account on whose behalf the call was made. */
    USER,
    /** The product feature that made the call. */
    FEATURE,
    /** The provider that served it. */
    PROVIDER,
    /** The model that was asked for. */
    MODEL,
    /** The id of the version set in force. */
    VERSION_SET,
    /** The kind of call, such as {@code CHAT}. */
    OPERATION,
    /** The request that the service answered. */
    REQUEST_ID,
    /** The trace, so that the calls of an agent's run add up. */
    TRACE_ID,
    /** The way the call ended, such as {@code COMPLETED}; what the others cost is wasted. */
    OUTCOME;

    public String column() {
        return entryColumn().sqlName();
    }

    private EntryColumn<String> entryColumn() {
        return switch (this) {
            case TENANT -> EntryColumn.TENANT;
            case USER -> EntryColumn.USER;
            case FEATURE -> EntryColumn.FEATURE;
            case PROVIDER -> EntryColumn.PROVIDER;
            case MODEL -> EntryColumn.MODEL;
            case VERSION_SET -> EntryColumn.VERSION_SET;
            case OPERATION -> EntryColumn.OPERATION;
            case REQUEST_ID -> EntryColumn.REQUEST_ID;
            case TRACE_ID -> EntryColumn.TRACE_ID;
            case OUTCOME -> EntryColumn.OUTCOME;
        };
    }

    /**
     * The value of an entry.
     *
     * @param entry the entry
     * @return its value, or null where the call did not say
     */
    public @Nullable String of(LedgerEntry entry) {
        return entryColumn().of(entry);
    }

    /** The name in exports and addresses, such as {@code version_set}. */
    @Override
    public String toString() {
        return entryColumn().name();
    }
}
