package dev.llmops.report.operations;

import dev.llmops.cost.accounting.DeviceHour;
import dev.llmops.cost.accounting.DevicePrice;
import dev.llmops.cost.accounting.SelfHostedCosts;
import dev.llmops.cost.accounting.SelfHostedHour;
import dev.llmops.quality.drift.DriftFinding;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.statistics.Severity;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Devices in a month: their load, their hours, and drift, each also as a table for the oracle. */
final class Devices {

    private static final int HOURS = 28 * 24;

    private Devices() {}

    /** Returns what Prometheus answers for two devices, one of them idle at night, and one server's queue. */
    static String load(Connection database, Instant from) throws SQLException {
        try (Statement create = database.createStatement()) {
            create.execute("CREATE TABLE device_sample (gauge VARCHAR, device VARCHAR, sample DOUBLE PRECISION)");
        }
        Random random = new Random(11);
        List<String> series = new ArrayList<>();
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO device_sample VALUES (?, ?, ?)")) {
            for (int device = 0; device < 2; device++) {
                String labels = "\"gpu_id\":\"" + device + "\"";
                series.add(series(insert, from, random, "llm_gpu_utilization", labels, "" + device, 1));
            }
            series.add(
                    series(insert, from, random, "llm_server_queue_size", "\"server\":\"s\",\"model\":\"m\"", "", 30));
        }
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
                + String.join(",", series)
                + ",{\"metric\":{\"__name__\":\"up\"},\"values\":[[" + from.getEpochSecond() + ",\"1\"]]}]}}";
    }

    private static String series(
            PreparedStatement insert,
            Instant from,
            Random random,
            String gauge,
            String labels,
            String device,
            double scale)
            throws SQLException {
        List<String> values = new ArrayList<>();
        // The last sample is at the end of the period, and so outside of it.
        for (int hour = 0; hour <= HOURS; hour++) {
            boolean isNight = device.equals("1") && hour % 24 < 8;
            String value = String.format(Locale.ROOT, "%.3f", isNight ? .01 : scale * random.nextDouble());
            values.add("[" + from.plus(Duration.ofHours(hour)).getEpochSecond() + ",\"" + value + "\"]");
            if (hour < HOURS) {
                insert.setString(1, gauge);
                insert.setString(2, device);
                insert.setDouble(3, Double.parseDouble(value));
                insert.executeUpdate();
            }
        }
        return "{\"metric\":{\"__name__\":\"" + gauge + "\"," + labels + "},\"values\":[" + String.join(",", values)
                + "]}";
    }

    /** Returns the hours of four devices at 2.50 USD an hour, and one after the period. */
    static List<SelfHostedHour> hours(Connection database, Instant from) throws SQLException {
        try (Statement create = database.createStatement()) {
            create.execute("CREATE TABLE device_hour (devices INT, bill NUMERIC(30, 12), busy_s NUMERIC(30, 12),"
                    + " tokens_in BIGINT, tokens_out BIGINT)");
        }
        Random random = new Random(12);
        List<SelfHostedHour> hours = new ArrayList<>();
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO device_hour VALUES (?, ?, ?, ?, ?)")) {
            for (int hour = 0; hour <= HOURS; hour++) {
                long prefill = random.nextInt(3_000);
                long decode = random.nextInt(9_000);
                SelfHostedHour priced = SelfHostedCosts.hour(
                        new DeviceHour(
                                from.plus(Duration.ofHours(hour)),
                                4,
                                Duration.ofSeconds(prefill),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(decode),
                                1_000 * prefill,
                                500,
                                10 * decode),
                        new DevicePrice.OnDemand(new BigDecimal("2.50")));
                hours.add(priced);
                if (hour < HOURS) {
                    insert.setInt(1, 4);
                    insert.setBigDecimal(2, new BigDecimal("10.00"));
                    insert.setLong(3, prefill + 60 + decode);
                    insert.setLong(4, 1_000 * prefill + 500);
                    insert.setLong(5, 10 * decode);
                    insert.executeUpdate();
                }
            }
        }
        return hours;
    }

    /** Returns four windows: one without drift, two with drift of one feature each, one with too little data. */
    static List<DriftReport> drift(Instant from) {
        return List.of(
                window(from, 0, DriftFinding.Verdict.NO_DRIFT, "prompt_length", Set.of()),
                window(from, 1, DriftFinding.Verdict.DRIFT, "prompt_length", Set.of()),
                window(from, 2, DriftFinding.Verdict.DRIFT, "model", Set.of("model")),
                window(from, 3, DriftFinding.Verdict.INSUFFICIENT_DATA, "prompt_length", Set.of()),
                window(from, HOURS, DriftFinding.Verdict.DRIFT, "after the period", Set.of()));
    }

    private static DriftReport window(
            Instant from, int hour, DriftFinding.Verdict verdict, String feature, Set<String> alerts) {
        Instant start = from.plus(Duration.ofHours(hour));
        DriftFinding finding = new DriftFinding(
                feature, DriftFinding.Method.PSI, .3, .3, .001, .001, 1_000, 1_000, 500, 10, verdict, Severity.HIGH);
        return new DriftReport(
                start, start.plus(Duration.ofHours(1)), "v", "d", Set.of(), List.of(finding), verdict, alerts);
    }
}
