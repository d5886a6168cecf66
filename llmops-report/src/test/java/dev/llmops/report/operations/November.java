package dev.llmops.report.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.cost.accounting.SelfHostedHour;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.slo.status.Incident;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Four weeks with all sources of a report, and the report on them. */
final class November implements AutoCloseable {

    final Month month;
    final OperationsReport report;

    November(Path folder) throws Exception {
        month = new Month(folder, 28);
        Instant from = month.from;
        Instant to = month.to;
        Connection connection = month.database;
        Stream<String> lines = month.lines.stream();
        List<Incident> incidents =
                List.of(incident(1, 60, 600, true), incident(2, 120, 1_200, false), incident(3, 300, 900, true));
        List<SwitchEvent> events = List.of(
                event("v1", SwitchEvent.Action.START),
                event("v2", SwitchEvent.Action.START),
                event("v2", SwitchEvent.Action.ROLL_BACK),
                mitigation(1, 60 + 90),
                mitigation(3, 300 + 30));

        String rangeAnswer = Devices.load(connection, from);
        List<SelfHostedHour> deviceHours = Devices.hours(connection, from);
        List<DriftReport> driftReports = Devices.drift(from);

        OperationsReport november = OperationsReport.builder(from, to, ZoneOffset.UTC)
                .log(lines)
                .incidents(incidents)
                .releases(events)
                .ledger(connection)
                .saturation(rangeAnswer)
                .devices("USD", deviceHours, new BigDecimal("4.00"))
                .drift(driftReports)
                .build();
        String html = november.toPage().toHtml();

        assertThat(html).startsWith("<!DOCTYPE html>");
        report = november;
    }

    @Override
    public void close() throws SQLException {
        month.close();
    }

    private Incident incident(int day, long detectSeconds, long restoreSeconds, boolean worthIt) {
        Instant onset = month.from.plus(Duration.ofDays(day));
        Instant fired = onset.plusSeconds(detectSeconds);
        return new Incident(
                "i" + day, "fast", Map.of(), "page", onset, fired, fired.plusSeconds(restoreSeconds), .1, worthIt);
    }

    private SwitchEvent event(String change, SwitchEvent.Action action) {
        return new SwitchEvent(change, 1, month.from.plusSeconds(60), action, Actor.gate(), "10%", .1, "");
    }

    private SwitchEvent mitigation(int day, long secondsAfterOnset) {
        Instant at = month.from.plus(Duration.ofDays(day)).plusSeconds(secondsAfterOnset);
        return new SwitchEvent("v1", 1, at, SwitchEvent.Action.DEGRADE, Actor.gate(), "5%", .05, "");
    }

    Figure figure(String name) {
        return report.figure(name).orElseThrow(() -> new AssertionError(name + " is missing from " + report.figures()));
    }
}
