package dev.llmops.cost.ledger.internal.store;

import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A column of the ledger: the same in the table, the journal and every export. */
public final class EntryColumn<T> {

    static final EntryColumn<String> ENTRY_ID = text("entry_id", LedgerEntry::entryId);
    static final EntryColumn<String> KIND = text("kind", entry -> entry.kind().name());
    static final EntryColumn<String> CALL_ID = text("call_id", LedgerEntry::callId);
    static final EntryColumn<Instant> STARTED_AT = of("started_at", ColumnType.TIME, LedgerEntry::startedAt);
    static final EntryColumn<Instant> RECORDED_AT = of("recorded_at", ColumnType.TIME, LedgerEntry::recordedAt);
    public static final EntryColumn<String> TENANT = text("tenant", LedgerEntry::tenant);
    /** {@code user} is a word of SQL. */
    public static final EntryColumn<String> USER =
            new EntryColumn<>("user", "user_id", ColumnType.TEXT, Form.PLAIN, LedgerEntry::user);

    public static final EntryColumn<String> FEATURE = text("feature", LedgerEntry::feature);
    public static final EntryColumn<String> PROVIDER = text("provider", LedgerEntry::provider);
    public static final EntryColumn<String> MODEL = text("model", LedgerEntry::model);
    static final EntryColumn<String> RESPONSE_MODEL = text("response_model", LedgerEntry::responseModel);
    public static final EntryColumn<String> VERSION_SET = text("version_set", LedgerEntry::versionSet);
    public static final EntryColumn<String> OPERATION = text("operation", LedgerEntry::operation);
    public static final EntryColumn<String> OUTCOME = text("outcome", LedgerEntry::outcome);
    static final EntryColumn<String> SERVICE_TIER = text("service_tier", LedgerEntry::serviceTier);
    static final EntryColumn<String> REGION = text("region", LedgerEntry::region);
    public static final EntryColumn<String> REQUEST_ID = text("request_id", LedgerEntry::requestId);
    public static final EntryColumn<String> TRACE_ID = text("trace_id", LedgerEntry::traceId);
    public static final EntryColumn<Map<String, String>> ATTRIBUTES = nested(
            "attributes",
            ColumnType.json(EntryJson::writeTexts, EntryJson::readTexts),
            entry -> entry.attributes().isEmpty() ? null : entry.attributes());
    static final EntryColumn<TokenUsage> USAGE =
            nested("usage", ColumnType.json(EntryJson::writeUsage, EntryJson::readUsage), LedgerEntry::usage);
    static final EntryColumn<BigDecimal> INPUT_TOKENS =
            derived("input_tokens", entry -> number(entry.usage().inputTokens()));
    static final EntryColumn<BigDecimal> OUTPUT_TOKENS =
            derived("output_tokens", entry -> number(entry.usage().outputTokens()));
    static final EntryColumn<String> STATE =
            text("state", entry -> entry.cost().state().name());
    static final EntryColumn<BigDecimal> AMOUNT =
            of("amount", ColumnType.NUMBER, entry -> entry.cost().amountOrNull());
    static final EntryColumn<String> CURRENCY =
            text("currency", entry -> entry.cost().currency());
    static final EntryColumn<BigDecimal> PROVIDER_REPORTED =
            of("provider_reported", ColumnType.NUMBER, entry -> entry.cost().providerReportedOrNull());
    static final EntryColumn<List<CostComponent>> COMPONENTS = nested(
            "components",
            ColumnType.json(EntryJson::writeComponents, EntryJson::readComponents),
            entry -> entry.cost().components());
    static final EntryColumn<String> REASON =
            text("reason", entry -> entry.cost().reason());
    static final EntryColumn<String> PRICE_BOOK_VERSION =
            text("price_book_version", entry -> entry.cost().priceBookVersion());

    /** All of them, as a row of the table has them; the key comes first. */
    static final List<EntryColumn<?>> ALL = List.of(
            ENTRY_ID,
            KIND,
            CALL_ID,
            STARTED_AT,
            RECORDED_AT,
            TENANT,
            USER,
            FEATURE,
            PROVIDER,
            MODEL,
            RESPONSE_MODEL,
            VERSION_SET,
            OPERATION,
            OUTCOME,
            SERVICE_TIER,
            REGION,
            REQUEST_ID,
            TRACE_ID,
            ATTRIBUTES,
            USAGE,
            INPUT_TOKENS,
            OUTPUT_TOKENS,
            STATE,
            AMOUNT,
            CURRENCY,
            PROVIDER_REPORTED,
            COMPONENTS,
            REASON,
            PRICE_BOOK_VERSION);

    /** Those that say everything. */
    static final List<EntryColumn<?>> STORED =
            ALL.stream().filter(column -> column.form != Form.DERIVED).toList();

    /** Those with one value. */
    public static final List<EntryColumn<?>> FLAT =
            ALL.stream().filter(column -> column.form != Form.NESTED).toList();

    private enum Form {
        PLAIN,
        NESTED,
        /** Repeats what another column holds, so that sums and spreadsheets find it. */
        DERIVED
    }

    @FunctionalInterface
    private interface Value<T> {

        @Nullable
        T in(LedgerEntry entry);
    }

    private final String name;
    private final String sqlName;
    private final ColumnType<T> type;
    private final Form form;
    private final Value<T> value;

    private EntryColumn(String name, String sqlName, ColumnType<T> type, Form form, Value<T> value) {
        this.name = name;
        this.sqlName = sqlName;
        this.type = type;
        this.form = form;
        this.value = value;
    }

    private static EntryColumn<String> text(String name, Value<String> value) {
        return of(name, ColumnType.TEXT, value);
    }

    private static <T> EntryColumn<T> of(String name, ColumnType<T> type, Value<T> value) {
        return new EntryColumn<>(name, name, type, Form.PLAIN, value);
    }

    private static <T> EntryColumn<T> nested(String name, ColumnType<T> type, Value<T> value) {
        return new EntryColumn<>(name, name, type, Form.NESTED, value);
    }

    private static EntryColumn<BigDecimal> derived(String name, Value<BigDecimal> value) {
        return new EntryColumn<>(name, name, ColumnType.NUMBER, Form.DERIVED, value);
    }

    private static @Nullable BigDecimal number(OptionalLong count) {
        return count.isPresent() ? BigDecimal.valueOf(count.getAsLong()) : null;
    }

    /** The name in JSON and exports. */
    public String name() {
        return name;
    }

    public String sqlName() {
        return sqlName;
    }

    ColumnType<T> type() {
        return type;
    }

    @Nullable
    public T of(LedgerEntry entry) {
        return value.in(entry);
    }

    void bind(PreparedStatement insert, int index, LedgerEntry entry) throws SQLException {
        type.bind(insert, index, of(entry));
    }

    /** Leaves out what is absent. */
    void write(LedgerEntry entry, JsonGenerator json) {
        @Nullable T present = of(entry);
        if (present != null) {
            json.writeName(name);
            type.write(present, json);
        }
    }
}
