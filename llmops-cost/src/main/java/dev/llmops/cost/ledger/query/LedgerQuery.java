package dev.llmops.cost.ledger.query;

import dev.llmops.cost.ledger.internal.store.ColumnType;
import dev.llmops.cost.ledger.internal.store.EntryColumn;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A selection of entries, and the dimensions by which their sums are split. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LedgerQuery {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final Instant from;
    private final Instant to;
    private final @Nullable Instant knownAt;
    private final Set<LedgerDimension> by;
    private final Map<LedgerDimension, String> where;
    private final Set<String> byAttributes;
    private final Map<String, String> whereAttributes;
    private final @Nullable ChronoUnit unit;
    private final ZoneId zone;

    private LedgerQuery(Builder builder) {
        this.from = builder.from;
        this.to = builder.to;
        this.knownAt = builder.knownAt;
        this.by = Collections.unmodifiableSet(builder.by.clone());
        this.where = Collections.unmodifiableMap(new EnumMap<>(builder.where));
        this.byAttributes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.byAttributes));
        this.whereAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.whereAttributes));
        this.unit = builder.unit;
        this.zone = builder.zone;
    }

    /**
     * Asks for the calls that began in a period.
     *
     * @param from when it starts
     * @param to when it ends; belongs to the next period, and must be after the start
     * @return a builder of a query for one sum over all of them
     * @throws IllegalArgumentException if the period is empty
     */
    public static Builder period(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "from is " + from + " and to is " + to + " — from before to — swap them");
        }
        return new Builder(from, to);
    }

    public Set<LedgerDimension> by() {
        return by;
    }

    public Set<String> byAttributes() {
        return byAttributes;
    }

    public boolean splitsByTime() {
        return unit != null;
    }

    /**
     * The beginning of the period.
     *
     * @return the first instant in it
     */
    public Instant from() {
        return from;
    }

    /**
     * The end of the period.
     *
     * @return the first instant after it
     */
    public Instant to() {
        return to;
    }

    /** The start of the hour or day to which an instant belongs; splits by time. */
    public Instant startOf(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        return unit == ChronoUnit.DAYS
                ? local.toLocalDate().atStartOfDay(zone).toInstant()
                : local.truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    /** The condition in SQL, with a parameter for each of {@link #parameters()}. */
    public String condition() {
        StringBuilder sql = new StringBuilder("started_at >= ? AND started_at < ?");
        if (knownAt != null) {
            sql.append(" AND recorded_at <= ?");
        }
        where.keySet()
                .forEach(dimension ->
                        sql.append(" AND ").append(dimension.column()).append(" = ?"));
        whereAttributes.forEach((name, value) -> sql.append(" AND POSITION(? IN ")
                .append(EntryColumn.ATTRIBUTES.sqlName())
                .append(") > 0"));
        return sql.toString();
    }

    public List<Object> parameters() {
        List<Object> parameters = new ArrayList<>();
        parameters.add(ColumnType.sql(bounded(from)));
        parameters.add(ColumnType.sql(bounded(to)));
        if (knownAt != null) {
            parameters.add(ColumnType.sql(bounded(knownAt)));
        }
        parameters.addAll(where.values());
        whereAttributes.forEach((name, value) -> parameters.add(EntryJson.property(name, value)));
        return parameters;
    }

    /** Databases end before {@link Instant} does, and all time is a fair question. */
    private static Instant bounded(Instant instant) {
        return instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
    }

    /** Collects the parts of a {@link LedgerQuery}. Not safe for use by many threads. */
    public static final class Builder {

        private final Instant from;
        private final Instant to;
        private @Nullable Instant knownAt;
        private final EnumSet<LedgerDimension> by = EnumSet.noneOf(LedgerDimension.class);
        private final Map<LedgerDimension, String> where = new EnumMap<>(LedgerDimension.class);
        private final Set<String> byAttributes = new LinkedHashSet<>();
        private final Map<String, String> whereAttributes = new LinkedHashMap<>();
        private @Nullable ChronoUnit unit;
        private ZoneId zone = ZoneOffset.UTC;

        private Builder(Instant from, Instant to) {
            this.from = from;
            this.to = to;
        }

        /**
         * Splits sums by dimensions, besides by currency.
         *
         * @param dimensions what to split by
         * @return this builder
         */
        public Builder by(LedgerDimension... dimensions) {
            by.addAll(List.of(dimensions));
            return this;
        }

        /**
         * Takes only entries with a value.
         *
         * @param dimension what to look at
         * @param value the value it must have
         * @return this builder
         */
        public Builder where(LedgerDimension dimension, String value) {
            where.put(dimension, value);
            return this;
        }

        /**
         * Splits sums by attributes that the ledger was told to keep, such as a team or an environment.
         *
         * @param names the attributes
         * @return this builder
         */
        public Builder byAttribute(String... names) {
            byAttributes.addAll(List.of(names));
            return this;
        }

        /**
         * Takes only entries with a value of an attribute.
         *
         * @param name the attribute
         * @param value the value it must have
         * @return this builder
         */
        public Builder whereAttribute(String name, String value) {
            whereAttributes.put(name, value);
            return this;
        }

        /**
         * Splits sums by hour, each from its first minute in UTC; replaces {@link #byDay}.
         *
         * @return this builder
         */
        public Builder byHour() {
            this.unit = ChronoUnit.HOURS;
            this.zone = ZoneOffset.UTC;
            return this;
        }

        /**
         * Splits sums by calendar day; replaces {@link #byHour}. A day has 23 or 25 hours when clocks change.
         *
         * @param zone the zone whose midnights count
         * @return this builder
         */
        public Builder byDay(ZoneId zone) {
            this.unit = ChronoUnit.DAYS;
            this.zone = zone;
            return this;
        }

        /**
         * Takes only what the ledger knew at an instant, so that an earlier report can be had again; later corrections
         * are left out.
         *
         * @param instant when
         * @return this builder
         */
        public Builder knownAt(Instant instant) {
            this.knownAt = instant;
            return this;
        }

        /**
         * Builds the query.
         *
         * @return the query
         */
        public LedgerQuery build() {
            return new LedgerQuery(this);
        }
    }
}
