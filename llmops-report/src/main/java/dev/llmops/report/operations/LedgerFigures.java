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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a period from the table {@code llm_ledger}: exact sums, corrections included, currency by currency. */
final class LedgerFigures {

    /**
     * Calls count once, however often they were corrected: by their first entry if that had a price, or by the corrections of
     * those that had none. To ask for distinct calls would sort all of them.
     */
    private static final String PARTS =
            "SELECT COALESCE(tenant, 'none'), COALESCE(feature, 'none'), provider || '/' || model,"
                    + " version_set, outcome, CASE WHEN attributes LIKE '%\"team\"%' THEN attributes END, currency, SUM(amount),"
                    + " COUNT(CASE WHEN kind = 'CALL' THEN 1 END) + COUNT(DISTINCT CASE WHEN kind <> 'CALL' AND EXISTS (SELECT 1"
                    + " FROM llm_ledger c WHERE c.call_id = l.call_id AND c.kind = 'CALL' AND c.amount IS NULL) THEN call_id END)"
                    + " FROM llm_ledger l WHERE started_at >= ? AND started_at < ? AND amount IS NOT NULL"
                    + " GROUP BY tenant, feature, provider, model, version_set, outcome,"
                    + " CASE WHEN attributes LIKE '%\"team\"%' THEN attributes END, currency";

    private static final Map<String, Function<Part, String>> DIMENSIONS = dimensions();
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

    private static Map<String, Function<Part, String>> dimensions() {
        Map<String, Function<Part, String>> dimensions = new LinkedHashMap<>();
        dimensions.put("tenant", Part::tenant);
        dimensions.put("feature", Part::feature);
        dimensions.put("model", Part::model);
        dimensions.put("version set", Part::versionSet);
        dimensions.put(TEAM, Part::team);
        return dimensions;
    }

    /** The spend on calls that are alike; the team is empty where the ledger does not say it. */
    private record Part(
            String tenant,
            String feature,
            String model,
            String versionSet,
            String outcome,
            String team,
            String currency,
            BigDecimal amount,
            long calls) {}

    /** A sum with the number of calls behind it. */
    private record Sum(String of, String currency, BigDecimal amount, long calls) {

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
        List<Part> parts = parts();
        for (Sum total : sums(parts, Part::currency)) {
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
        List<Part> wasted = parts.stream()
                .filter(part -> !part.outcome().equals("COMPLETED"))
                .toList();
        for (Sum waste : sums(wasted, Part::outcome)) {
            String name = "spent on calls that ended " + waste.of().toLowerCase(Locale.ROOT);
            figures.add(Figure.money(section, name, waste.amount(), waste.currency(), waste.calls()));
        }
        DIMENSIONS.forEach((name, dimension) -> highest(sums(parts, dimension))
                .forEach(sum -> figures.add(Figure.money(
                        section, "by " + name + ": " + sum.of(), sum.amount(), sum.currency(), sum.calls()))));
        return figures;
    }

    /** The highest of each currency, since amounts of two are not compared. */
    private static List<Sum> highest(List<Sum> sums) {
        Map<String, Integer> seen = new HashMap<>();
        return sums.stream()
                .filter(sum -> !sum.of().isEmpty() && seen.merge(sum.currency(), 1, Integer::sum) <= TOP)
                .toList();
    }

    private static void addPer(List<Figure> figures, String name, Sum total, BigDecimal factor, long n) {
        if (n > 0) {
            BigDecimal value = total.amount().multiply(factor).divide(BigDecimal.valueOf(n), MathContext.DECIMAL64);
            figures.add(Figure.money(OperationsReport.COST, name, value, total.currency(), n));
        }
    }

    private static List<Sum> sums(List<Part> parts, Function<Part, String> by) {
        Map<List<String>, Sum> sums = new HashMap<>();
        for (Part part : parts) {
            String of = by.apply(part);
            sums.merge(
                    List.of(of, part.currency()), new Sum(of, part.currency(), part.amount(), part.calls()), Sum::plus);
        }
        return sums.values().stream()
                .sorted(Comparator.comparing(Sum::currency)
                        .thenComparing(Comparator.comparing(Sum::amount).reversed())
                        .thenComparing(Sum::of))
                .toList();
    }

    private List<Part> parts() throws SQLException {
        List<Part> parts = new ArrayList<>();
        try (PreparedStatement statement = ledger.prepareStatement(PARTS)) {
            statement.setObject(1, from.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    parts.add(new Part(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            team(rows.getString(6)),
                            rows.getString(7),
                            rows.getBigDecimal(8),
                            rows.getLong(9)));
                }
            }
        }
        return parts;
    }

    /** Reads the attribute {@code team}, which is in the JSON of a column that no two databases read the same way. */
    private static String team(@Nullable String attributes) {
        return attributes == null ? "" : MAPPER.readTree(attributes).path(TEAM).asString("");
    }

    /** Numbers the hours, which begin at other minutes in zones that are half an hour off. */
    private static String hourOfCall(long shiftSeconds) {
        return "FLOOR((EXTRACT(EPOCH FROM started_at) - " + shiftSeconds + ") / " + SECONDS_PER_HOUR + ")";
    }

    /** Returns the spend of each hour before the end of the period, by currency. */
    Map<String, NavigableMap<Instant, BigDecimal>> spendByHour(Instant since) throws SQLException {
        long shift = Math.floorMod(from.getEpochSecond(), SECONDS_PER_HOUR);
        String hourOfCall = hourOfCall(shift);
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
                            .put(
                                    Instant.ofEpochSecond(rows.getLong(1) * SECONDS_PER_HOUR + shift),
                                    rows.getBigDecimal(3));
                }
            }
        }
        return spent;
    }

    /** Calls of each day before the end of the period, for the forecast. */
    NavigableMap<LocalDate, Double> callsByDay(Instant since, ZoneId zone) throws SQLException {
        long midnight = LocalDate.ofInstant(from, zone).atStartOfDay(zone).toEpochSecond();
        long shift = Math.floorMod(midnight, SECONDS_PER_HOUR);
        String hourOfCall = hourOfCall(shift);
        String sql = "SELECT " + hourOfCall + ", COUNT(CASE WHEN kind = 'CALL' THEN 1 END) FROM llm_ledger"
                + " WHERE started_at >= ? AND started_at < ? GROUP BY " + hourOfCall;
        NavigableMap<LocalDate, Double> days = new TreeMap<>();
        try (PreparedStatement statement = ledger.prepareStatement(sql)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Instant hour = Instant.ofEpochSecond(rows.getLong(1) * SECONDS_PER_HOUR + shift);
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
