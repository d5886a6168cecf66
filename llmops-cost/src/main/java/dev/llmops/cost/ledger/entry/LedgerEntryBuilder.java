package dev.llmops.cost.ledger.entry;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.TokenUsage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a {@link LedgerEntry}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LedgerEntryBuilder {

    private final String callId;
    private final Instant startedAt;
    private final String provider;
    private final String model;
    private String entryId;
    private LedgerEntry.Kind kind = LedgerEntry.Kind.CALL;
    private Instant recordedAt;
    private @Nullable String tenant;
    private @Nullable String user;
    private @Nullable String feature;
    private @Nullable String responseModel;
    private String versionSet = "";
    private String operation = "chat";
    private String outcome = "COMPLETED";
    private @Nullable String serviceTier;
    private @Nullable String region;
    private @Nullable String requestId;
    private @Nullable String traceId;
    private Map<String, String> attributes = Map.of();
    private TokenUsage usage = TokenUsage.unknown();
    private Cost cost = Cost.unpriced(LedgerEntry.NO_CURRENCY);

    LedgerEntryBuilder(String callId, Instant startedAt, String provider, String model) {
        this.callId = callId;
        this.entryId = callId;
        this.startedAt = startedAt;
        this.recordedAt = startedAt;
        this.provider = provider;
        this.model = model;
    }

    /** Turns a copy of a call's entry into a correction of it. */
    public LedgerEntryBuilder correction(String correctionId) {
        this.entryId = callId + "#" + correctionId;
        this.kind = LedgerEntry.Kind.CORRECTION;
        return usage(TokenUsage.unknown());
    }

    /** For entries read back. */
    public LedgerEntryBuilder identity(String entryId, LedgerEntry.Kind kind) {
        this.entryId = entryId;
        this.kind = kind;
        return this;
    }

    /**
     * Sets when the ledger learned it; when the call began by default.
     *
     * @param recordedAt the instant
     * @return this builder
     */
    public LedgerEntryBuilder recordedAt(Instant recordedAt) {
        this.recordedAt = recordedAt;
        return this;
    }

    /**
     * Sets the organisation that pays.
     *
     * @param tenant the tenant, or null
     * @return this builder
     */
    public LedgerEntryBuilder tenant(@Nullable String tenant) {
        this.tenant = tenant;
        return this;
    }

    /**
     * Sets the person or account.
     *
     * @param user the user, or null
     * @return this builder
     */
    public LedgerEntryBuilder user(@Nullable String user) {
        this.user = user;
        return this;
    }

    /**
     * Sets the product feature.
     *
     * @param feature the feature, or null
     * @return this builder
     */
    public LedgerEntryBuilder feature(@Nullable String feature) {
        this.feature = feature;
        return this;
    }

    /**
     * Sets the model that answered.
     *
     * @param responseModel the model, or null when it did not say
     * @return this builder
     */
    public LedgerEntryBuilder responseModel(@Nullable String responseModel) {
        this.responseModel = responseModel;
        return this;
    }

    /**
     * Sets the version set in force; none by default.
     *
     * @param versionSetId its id
     * @return this builder
     */
    public LedgerEntryBuilder versionSet(String versionSetId) {
        this.versionSet = versionSetId;
        return this;
    }

    /**
     * Sets the kind of call; {@code chat} by default.
     *
     * @param operation its name
     * @return this builder
     */
    public LedgerEntryBuilder operation(String operation) {
        this.operation = operation;
        return this;
    }

    /**
     * Sets how the call ended; {@code COMPLETED} by default.
     *
     * @param outcome its name
     * @return this builder
     */
    public LedgerEntryBuilder outcome(String outcome) {
        this.outcome = outcome;
        return this;
    }

    /**
     * Sets the tier that served the call.
     *
     * @param serviceTier the tier, or null when the response did not say
     * @return this builder
     */
    public LedgerEntryBuilder serviceTier(@Nullable String serviceTier) {
        this.serviceTier = serviceTier;
        return this;
    }

    /**
     * Sets where the call was served.
     *
     * @param region the region, or null when the response did not say
     * @return this builder
     */
    public LedgerEntryBuilder region(@Nullable String region) {
        this.region = region;
        return this;
    }

    /**
     * Sets the request that the service answered.
     *
     * @param requestId its id, or null
     * @return this builder
     */
    public LedgerEntryBuilder requestId(@Nullable String requestId) {
        this.requestId = requestId;
        return this;
    }

    /**
     * Sets the trace of the call.
     *
     * @param traceId its id, or null
     * @return this builder
     */
    public LedgerEntryBuilder traceId(@Nullable String traceId) {
        this.traceId = traceId;
        return this;
    }

    /**
     * Sets tags, and what else the price may depend on; nothing by default.
     *
     * @param attributes values by the names that conditions of a price book use
     * @return this builder
     */
    public LedgerEntryBuilder attributes(Map<String, String> attributes) {
        this.attributes = attributes;
        return this;
    }

    /**
     * Sets what was used; unknown by default.
     *
     * @param usage the usage
     * @return this builder
     */
    public LedgerEntryBuilder usage(TokenUsage usage) {
        this.usage = usage;
        return this;
    }

    /**
     * Sets the money; unpriced by default.
     *
     * @param cost the cost
     * @return this builder
     */
    public LedgerEntryBuilder cost(Cost cost) {
        this.cost = cost;
        return this;
    }

    /**
     * Builds the entry.
     *
     * @return the entry
     * @throws IllegalArgumentException as the record's constructor does
     */
    public LedgerEntry build() {
        return new LedgerEntry(
                entryId,
                kind,
                callId,
                startedAt,
                recordedAt,
                tenant,
                user,
                feature,
                provider,
                model,
                responseModel,
                versionSet,
                operation,
                outcome,
                serviceTier,
                region,
                requestId,
                traceId,
                attributes,
                usage,
                cost);
    }
}
