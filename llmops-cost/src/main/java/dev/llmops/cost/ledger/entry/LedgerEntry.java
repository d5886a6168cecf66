package dev.llmops.cost.ledger.entry;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.TokenUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger: what a call cost, or by how much a correction changes that. Never changed once written.
 *
 * <p>Use {@link #of} or {@link #builder}; parts may be added. Texts are cut at {@value #MAX_TEXT_LENGTH} characters, and
 * what no database stores (NUL, halves of surrogate pairs) becomes U+FFFD. Times are kept to the microsecond, amounts
 * exactly.
 *
 * @param entryId unique; the same id twice is the same entry and is kept once
 * @param kind a call or a correction
 * @param callId the call's id; several entries may concern one call
 * @param startedAt when the call began, which decides the period it belongs to; a correction belongs to its call's
 * @param recordedAt when the ledger learned it
 * @param tenant the organisation that pays, or null
 * @param user the person or account, or null
 * @param feature the product feature, or null
 * @param provider who served the call
 * @param model the model asked for
 * @param responseModel the model that answered, or null when it did not say
 * @param versionSet id of the version set in force
 * @param operation the kind of call, such as {@code chat}
 * @param outcome how the call ended, such as {@code COMPLETED}
 * @param serviceTier the tier that served the call, or null when it did not say
 * @param region where it was served, or null when it did not say
 * @param requestId the id of the request that the service answered, or null
 * @param traceId the id of its trace, or null
 * @param attributes attributes of the call, of those that the ledger was told to keep: what its price may depend on, and
 *     tags to group by
 * @param usage what was used; unknown in a correction, so that nothing is counted twice
 * @param cost the money: of a call in full, of a correction the difference, with the components it replaces reversed
 * @since 0.1.0
 */
public record LedgerEntry(
        String entryId,
        Kind kind,
        String callId,
        Instant startedAt,
        Instant recordedAt,
        @Nullable String tenant,
        @Nullable String user,
        @Nullable String feature,
        String provider,
        String model,
        @Nullable String responseModel,
        String versionSet,
        String operation,
        String outcome,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable String requestId,
        @Nullable String traceId,
        Map<String, String> attributes,
        TokenUsage usage,
        Cost cost) {

    /** The longest text kept: {@value} characters. */
    public static final int MAX_TEXT_LENGTH = 1024;

    /** The longest id: {@value} characters. */
    public static final int MAX_ID_LENGTH = 200;

    /** The most components of one cost: {@value}. */
    public static final int MAX_COMPONENTS = 500;

    /** Currency of an entry of unknown cost; ISO 4217 for "no currency". */
    public static final String NO_CURRENCY = "XXX";

    /** The kinds of entry. */
    public enum Kind {
        /** The cost of a call as known when it ended. */
        CALL,
        /** By how much a later price changes that. */
        CORRECTION
    }

    /**
     * Cleans texts and checks amounts.
     *
     * @throws IllegalArgumentException if an id is empty or too long, an amount has more than 30 digits before or after the point, or
     *     there are more than {@value #MAX_COMPONENTS} components
     */
    public LedgerEntry {
        entryId = StoredText.cleanId("entryId", entryId);
        callId = StoredText.cleanId("callId", callId);
        startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
        tenant = StoredText.cleanOrNull(tenant);
        user = StoredText.cleanOrNull(user);
        feature = StoredText.cleanOrNull(feature);
        provider = StoredText.clean(provider);
        model = StoredText.clean(model);
        responseModel = StoredText.cleanOrNull(responseModel);
        versionSet = StoredText.clean(versionSet);
        operation = StoredText.clean(operation);
        outcome = StoredText.clean(outcome);
        serviceTier = StoredText.cleanOrNull(serviceTier);
        region = StoredText.cleanOrNull(region);
        requestId = StoredText.cleanOrNull(requestId);
        traceId = StoredText.cleanOrNull(traceId);
        attributes = StoredText.clean(attributes);
        cost = StoredAmounts.normalized(cost);
    }

    /**
     * The entry of a call that ended.
     *
     * @param record the call
     * @param recordedAt when the ledger learned it
     * @return its entry; unpriced in {@value #NO_CURRENCY} when the record has no cost
     */
    public static LedgerEntry of(CallRecord record, Instant recordedAt) {
        return of(record, recordedAt, Set.of());
    }

    /**
     * The entry of a call that ended, with some of its attributes.
     *
     * @param record the call
     * @param recordedAt when the ledger learned it
     * @param keptAttributes the names of the attributes to keep; what is no text is left out
     * @return its entry; unpriced in {@value #NO_CURRENCY} when the record has no cost
     */
    public static LedgerEntry of(CallRecord record, Instant recordedAt, Set<String> keptAttributes) {
        return CallEntry.of(record, recordedAt, keptAttributes);
    }

    /**
     * Starts the entry of a call.
     *
     * @param callId the call's id, and the entry's
     * @param startedAt when the call began
     * @param provider who served it
     * @param model the model asked for
     * @return a builder of a completed chat, unpriced
     */
    public static LedgerEntryBuilder builder(String callId, Instant startedAt, String provider, String model) {
        return new LedgerEntryBuilder(callId, startedAt, provider, model);
    }

    /**
     * Starts a copy of this entry.
     *
     * @return a builder with the parts of this entry
     */
    public LedgerEntryBuilder toBuilder() {
        return new LedgerEntryBuilder(callId, startedAt, provider, model)
                .identity(entryId, kind)
                .recordedAt(recordedAt)
                .tenant(tenant)
                .user(user)
                .feature(feature)
                .responseModel(responseModel)
                .versionSet(versionSet)
                .operation(operation)
                .outcome(outcome)
                .serviceTier(serviceTier)
                .region(region)
                .requestId(requestId)
                .traceId(traceId)
                .attributes(attributes)
                .usage(usage)
                .cost(cost);
    }

    /** The amount as it counts in sums: 0 while unpriced. */
    public BigDecimal amountOrZero() {
        return cost.amount().orElse(BigDecimal.ZERO);
    }
}
