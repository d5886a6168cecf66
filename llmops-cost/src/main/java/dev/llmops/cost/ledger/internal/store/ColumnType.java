package dev.llmops.cost.ledger.internal.store;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** The representation of a column's values in the table and in JSON. */
public abstract class ColumnType<T> {

    static final ColumnType<String> TEXT = new ColumnType<>(Types.VARCHAR) {
        @Override
        void set(PreparedStatement insert, int index, String text) throws SQLException {
            insert.setString(index, text);
        }

        @Override
        @Nullable
        String get(ResultSet row, String column) throws SQLException {
            return row.getString(column);
        }

        @Override
        void write(String text, JsonGenerator json) {
            json.writeString(text);
        }

        @Override
        String read(JsonParser json) {
            return json.getString();
        }
    };

    static final ColumnType<Instant> TIME = new ColumnType<>(Types.TIMESTAMP_WITH_TIMEZONE) {
        @Override
        void set(PreparedStatement insert, int index, Instant time) throws SQLException {
            insert.setObject(index, sql(time));
        }

        @Override
        @Nullable
        Instant get(ResultSet row, String column) throws SQLException {
            @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }

        @Override
        void write(Instant time, JsonGenerator json) {
            json.writeString(time.toString());
        }

        @Override
        Instant read(JsonParser json) {
            return Instant.parse(json.getString());
        }
    };

    /** A decimal string in JSON, so that no reader makes a binary float of it. */
    static final ColumnType<BigDecimal> NUMBER = new ColumnType<>(Types.NUMERIC) {
        @Override
        void set(PreparedStatement insert, int index, BigDecimal number) throws SQLException {
            insert.setBigDecimal(index, number);
        }

        @Override
        @Nullable
        BigDecimal get(ResultSet row, String column) throws SQLException {
            return row.getBigDecimal(column);
        }

        @Override
        void write(BigDecimal number, JsonGenerator json) {
            json.writeString(number.toPlainString());
        }

        @Override
        BigDecimal read(JsonParser json) {
            return new BigDecimal(json.getString());
        }
    };

    private final int sqlType;

    private ColumnType(int sqlType) {
        this.sqlType = sqlType;
    }

    /** JSON in the table, too. */
    static <T> ColumnType<T> json(BiConsumer<T, JsonGenerator> writer, Function<JsonParser, T> reader) {
        return new ColumnType<>(Types.VARCHAR) {
            @Override
            void set(PreparedStatement insert, int index, T value) throws SQLException {
                insert.setString(index, EntryJson.text(json -> writer.accept(value, json)));
            }

            @Override
            @Nullable
            T get(ResultSet row, String column) throws SQLException {
                @Nullable String text = row.getString(column);
                return text == null ? null : EntryJson.parsed(text, reader);
            }

            @Override
            void write(T value, JsonGenerator json) {
                writer.accept(value, json);
            }

            @Override
            T read(JsonParser json) {
                return reader.apply(json);
            }
        };
    }

    public static OffsetDateTime sql(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    final void bind(PreparedStatement insert, int index, @Nullable T value) throws SQLException {
        if (value == null) {
            insert.setNull(index, sqlType);
        } else {
            set(insert, index, value);
        }
    }

    abstract void set(PreparedStatement insert, int index, T value) throws SQLException;

    abstract @Nullable T get(ResultSet row, String column) throws SQLException;

    abstract void write(T value, JsonGenerator json);

    /** The parser stands at the value. */
    abstract T read(JsonParser json);
}
