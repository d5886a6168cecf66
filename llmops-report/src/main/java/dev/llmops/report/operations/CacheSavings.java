package dev.llmops.report.operations;

import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The savings of the provider's cache: the cached input at the price of the uncached input of the same call, less what it cost.
 * Calls without uncached input say no price to compare with and are left out.
 */
final class CacheSavings {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String CACHED = UsageKind.CACHE_READ_TOKENS.key();
    private static final String UNCACHED = UsageKind.INPUT_TOKENS.key();

    private static final int FETCH_ROWS = 1_000;

    private final Connection ledger;
    private final Instant from;
    private final Instant to;

    CacheSavings(Connection ledger, Instant from, Instant to) {
        this.ledger = ledger;
        this.from = from;
        this.to = to;
    }

    List<Figure> figures() throws SQLException {
        Map<String, BigDecimal> saved = new TreeMap<>();
        Map<String, Long> calls = new TreeMap<>();
        String sql = "SELECT components, currency FROM llm_ledger WHERE started_at >= ? AND started_at < ?"
                + " AND components LIKE '%\"" + CACHED + "\"%'";
        // PostgreSQL reads in portions only within a transaction.
        boolean wasAutoCommit = ledger.getAutoCommit();
        ledger.setAutoCommit(false);
        try (PreparedStatement statement = ledger.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setObject(1, from.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    JsonNode components = MAPPER.readTree(rows.getString(1));
                    BigDecimal price = price(components);
                    if (price != null) {
                        saved.merge(rows.getString(2), saved(components, price), BigDecimal::add);
                        calls.merge(rows.getString(2), 1L, Long::sum);
                    }
                }
            }
        } finally {
            ledger.setAutoCommit(wasAutoCommit);
        }
        List<Figure> figures = new ArrayList<>();
        saved.forEach((currency, amount) -> figures.add(Figure.money(
                OperationsReport.COST, "saved on cached input", amount, currency, calls.getOrDefault(currency, 0L))));
        return figures;
    }

    /** The price of one token of uncached input. */
    private static @Nullable BigDecimal price(JsonNode components) {
        for (JsonNode component : components.values()) {
            if (component.path("bucket").asString("").equals(UNCACHED)) {
                return number(component, "price").divide(number(component, "per"), MathContext.DECIMAL128);
            }
        }
        return null;
    }

    private static BigDecimal saved(JsonNode components, BigDecimal price) {
        BigDecimal saved = BigDecimal.ZERO;
        for (JsonNode component : components.values()) {
            if (component.path("bucket").asString("").equals(CACHED)) {
                saved = saved.add(number(component, "quantity").multiply(price)).subtract(number(component, "amount"));
            }
        }
        return saved;
    }

    private static BigDecimal number(JsonNode component, String name) {
        return new BigDecimal(component.path(name).asString("0"));
    }
}
