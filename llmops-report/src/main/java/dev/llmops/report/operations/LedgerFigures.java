package dev.llmops.report.operations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a period from the table {@code llm_ledger}: exact sums, corrections included, currency by currency. */
final class LedgerFigures {

    private static final Map<String, String> DIMENSIONS = dimensions();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String TEAM = "team";
    private static final int TOP = 10;
    private static final long MILLION = 1_000_000;
    private static final long SECONDS_PER_HOUR = 3_600;

    private final Connection ledger;
    private final Instant from;
    private final Instant to;

    LedgerFigures(Connection ledger, Instant from, Instant to) {
        this.ledger = ledger;
        this.from = from;
        this.to = to;
    }

    private static Map<String, String> dimensions() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("tenant", "tenant");
        columns.put("feature", "feature");
        columns.put("model", "provider || '/' || model");
        columns.put("version set", "version_set");
        return columns;
    }

    /** A sum with the number of calls behind it. */
    private record Sum(String of, String currency, BigDecimal amount, long calls) {

        /** A correction has the attributes of its call, so that no call counts twice. */
        Sum plus(Sum other) {
            return new Sum(of, currency, amount.add(other.amount), calls + other.calls);
        }
    }

    /**
     * Computes the figures.
     *
     * @param users how many users there were
     * @param successes how many calls succeeded
     * @param results how often each good result for the business came of a call
     */
    List<Figure> figures(long users, long successes, Map<String, Long> results) throws SQLException {
        List<Figure> figures = new ArrayList<>();
        String section = OperationsReport.COST;
        for (Sum total : sums("currency", "")) {
            String currency = total.currency();
            figures.add(Figure.money(section, "total", total.amount(), currency, total.calls()));
            addPer(figures, "per million calls", total, BigDecimal.valueOf(MILLION), total.calls());
            addPer(figures, "per active user", total, BigDecimal.ONE, users);
            addPer(figures, "per successful call", total, BigDecimal.ONE, successes);
            results.forEach((kind, count) -> addPer(figures, "per " + kind, total, BigDecimal.ONE, count));
            BigDecimal seconds = BigDecimal.valueOf(Duration.between(from, to).toSeconds());
            addPer(figures, "per QPS (mean calls a second)", total, seconds, total.calls());
        }
        figures.addAll(new CacheSavings(ledger, from, to).figures());
        for (Sum waste : sums("outcome", " AND outcome <> 'COMPLETED'")) {
            String name = "spent on calls that ended " + waste.of().toLowerCase(Locale.ROOT);
            figures.add(Figure.money(section, name, waste.amount(), waste.currency(), waste.calls()));
        }
        for (Map.Entry<String, String> dimension : DIMENSIONS.entrySet()) {
            sums(dimension.getValue(), "").stream()
                    .limit(TOP)
                    .forEach(sum -> figures.add(Figure.money(
                            section,
                            "by " + dimension.getKey() + ": " + sum.of(),
                            sum.amount(),
                            sum.currency(),
                            sum.calls())));
        }
        figures.addAll(teams());
        return figures;
    }

    /** The attribute {@code team}, which is in the JSON of a column that no database reads the same way. */
    private List<Figure> teams() throws SQLException {
        Map<String, Sum> teams = new TreeMap<>();
        for (Sum sum : sums("attributes", " AND attributes LIKE '%\"" + TEAM + "\"%'")) {
            String team = MAPPER.readTree(sum.of()).path(TEAM).asString("");
            if (!team.isEmpty()) {
                teams.merge(
                        team + ' ' + sum.currency(),
                        new Sum(team, sum.currency(), sum.amount(), sum.calls()),
                        Sum::plus);
            }
        }
        return teams.values().stream()
                .sorted(Comparator.comparing(Sum::amount).reversed())
                .limit(TOP)
                .map(sum -> Figure.money(
                        OperationsReport.COST, "by team: " + sum.of(), sum.amount(), sum.currency(), sum.calls()))
                .toList();
    }

    private static void addPer(List<Figure> figures, String name, Sum total, BigDecimal factor, long n) {
        if (n > 0) {
            BigDecimal value = total.amount().multiply(factor).divide(BigDecimal.valueOf(n), MathContext.DECIMAL64);
            figures.add(Figure.money(OperationsReport.COST, name, value, total.currency(), n));
        }
    }

    private List<Sum> sums(String by, String condition) throws SQLException {
        String sql = "SELECT COALESCE(" + by + ", 'none') AS part, currency, SUM(amount) AS total,"
                + " COUNT(DISTINCT call_id) AS calls FROM llm_ledger"
                + " WHERE started_at >= ? AND started_at < ? AND amount IS NOT NULL" + condition
                + " GROUP BY COALESCE(" + by + ", 'none'), currency ORDER BY total DESC, part";
        List<Sum> sums = new ArrayList<>();
        try (PreparedStatement statement = ledger.prepareStatement(sql)) {
            statement.setObject(1, from.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sums.add(new Sum(rows.getString(1), rows.getString(2), rows.getBigDecimal(3), rows.getLong(4)));
                }
            }
        }
        return sums;
    }

    /** Returns the spend of each hour before the end of the period, by currency. */
    Map<String, NavigableMap<Instant, BigDecimal>> spendByHour(Instant since) throws SQLException {
        String hourOfCall = "FLOOR(EXTRACT(EPOCH FROM started_at) / " + SECONDS_PER_HOUR + ")";
        String sql = "SELECT " + hourOfCall + ", currency, SUM(amount) FROM llm_ledger"
                + " WHERE started_at >= ? AND started_at < ? AND amount IS NOT NULL GROUP BY " + hourOfCall
                + ", currency";
        Map<String, NavigableMap<Instant, BigDecimal>> spent = new TreeMap<>();
        try (PreparedStatement statement = ledger.prepareStatement(sql)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    spent.computeIfAbsent(rows.getString(2), currency -> new TreeMap<>())
                            .put(Instant.ofEpochSecond(rows.getLong(1) * SECONDS_PER_HOUR), rows.getBigDecimal(3));
                }
            }
        }
        return spent;
    }

    /** Calls of each day before the end of the period, for the forecast. */
    NavigableMap<LocalDate, Double> callsByDay(Instant since, ZoneId zone) throws SQLException {
        String hourOfCall = "FLOOR(EXTRACT(EPOCH FROM started_at) / " + SECONDS_PER_HOUR + ")";
        String sql = "SELECT " + hourOfCall + ", COUNT(DISTINCT call_id) FROM llm_ledger"
                + " WHERE started_at >= ? AND started_at < ? GROUP BY " + hourOfCall;
        NavigableMap<LocalDate, Double> days = new TreeMap<>();
        try (PreparedStatement statement = ledger.prepareStatement(sql)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Instant hour = Instant.ofEpochSecond(rows.getLong(1) * SECONDS_PER_HOUR);
                    days.merge(LocalDate.ofInstant(hour, zone), (double) rows.getLong(2), Double::sum);
                }
            }
        }
        if (!days.isEmpty()) {
            days.putIfAbsent(LocalDate.ofInstant(to.minusNanos(1), zone), 0.0);
        }
        return days;
    }
}
