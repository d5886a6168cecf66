package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.LogFiles;
import dev.llmops.cli.internal.io.LoggedTraffic;
import dev.llmops.core.io.TextFile;
import dev.llmops.cost.accounting.DeviceHour;
import dev.llmops.cost.accounting.DevicePrice;
import dev.llmops.cost.accounting.SelfHostedCosts;
import dev.llmops.cost.accounting.SelfHostedHour;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.report.operations.OperationsReport;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.backtest.Backtest;
import dev.llmops.slo.backtest.EventHistory;
import dev.llmops.slo.backtest.JsonLinesHistory;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.Incident;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sources of an operations report besides the log and the ledger. */
final class ReportSources {

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final String HEADER =
            "hour,devices,prefill_s,cached_prefill_s,decode_s,input_tokens,cached_input_tokens,output_tokens";
    private static final int COLUMNS = HEADER.split(",").length;

    @Option(names = "--objectives", description = "Objectives, as YAML, whose alerts the log would have raised.")
    private @Nullable Path objectives;

    @Option(names = "--drift-profile", description = "A profile of drift profile, with which each day is compared.")
    private @Nullable Path driftProfile;

    @Option(
            names = "--saturation",
            description = "Prometheus' JSON answer to a range query of llm_gpu_* and llm_server_*; may be repeated.")
    private List<Path> saturation = new ArrayList<>();

    @Option(
            names = "--device-hours",
            description = "Measured hours of devices, as CSV with the columns " + HEADER + ".")
    private @Nullable Path deviceHours;

    @Option(names = "--device-price", defaultValue = "0", description = "What a device costs an hour.")
    private BigDecimal devicePrice = BigDecimal.ZERO;

    @Option(names = "--device-list-price", description = "What it would cost on demand.")
    private @Nullable BigDecimal deviceListPrice;

    @Option(names = "--device-currency", defaultValue = "USD", description = "Of both; default ${DEFAULT-VALUE}.")
    private String currency = "USD";

    void addTo(OperationsReport.Builder report, ZoneId zone, LogFiles logs) throws IOException {
        for (Path answer : saturation) {
            report.saturation(TextFile.read(answer));
        }
        if (deviceHours != null) {
            report.devices(currency, pricedHours(deviceHours), deviceListPrice);
        }
        if (objectives != null) {
            report.incidents(incidents(objectives, zone, logs));
        }
        if (driftProfile != null) {
            report.drift(drift(ReferenceProfile.read(driftProfile), zone, logs));
        }
    }

    private static List<Incident> incidents(Path file, ZoneId zone, LogFiles logs) throws IOException {
        ObjectiveSet set = ObjectiveSet.read(file);
        List<Incident> incidents = new ArrayList<>();
        for (Objective objective : set.objectives()) {
            EventHistory history = logs.read(lines -> JsonLinesHistory.read(objective, lines, STEP))
                    .history()
                    .without(Exclusion.of(set.exclusions(), objective.name()));
            if (!history.steps().isEmpty()) {
                incidents.addAll(Backtest.of(objective, history, zone).incidents());
            }
        }
        return incidents;
    }

    /** Compares each day on its own; days must come one after the other. */
    private static List<DriftReport> drift(ReferenceProfile profile, ZoneId zone, LogFiles logs) {
        Map<LocalDate, DriftMonitor> days = new TreeMap<>();
        logs.read(lines -> LoggedTraffic.forEachCall(
                lines,
                call -> days.computeIfAbsent(
                                LocalDate.ofInstant(call.info().startedAt(), zone),
                                day -> DriftMonitor.builder(profile)
                                        .anyVersionSet(true)
                                        .build())
                        .add(call)));
        List<DriftReport> reports = new ArrayList<>();
        days.forEach((day, monitor) -> {
            DriftWindow window = monitor.takeWindow();
            reports.add(monitor.judge(new DriftWindow(
                    day.atStartOfDay(zone).toInstant(),
                    day.plusDays(1).atStartOfDay(zone).toInstant(),
                    window.profileDigest(),
                    window.counts(),
                    window.embeddings(),
                    window.otherVersionSets())));
        });
        return reports;
    }

    private List<SelfHostedHour> pricedHours(Path file) throws IOException {
        DevicePrice price = new DevicePrice.OnDemand(devicePrice);
        List<SelfHostedHour> hours = new ArrayList<>();
        for (String line : TextFile.read(file).lines().toList()) {
            if (!line.isBlank() && !line.equals(HEADER)) {
                hours.add(SelfHostedCosts.hour(hour(file, line), price));
            }
        }
        return hours;
    }

    private static DeviceHour hour(Path file, String line) {
        String[] cells = line.split(",", -1);
        try {
            if (cells.length == COLUMNS) {
                return new DeviceHour(
                        Instant.parse(cells[0].strip()),
                        Integer.parseInt(cells[1].strip()),
                        seconds(cells[2]),
                        seconds(cells[3]),
                        seconds(cells[4]),
                        Long.parseLong(cells[5].strip()),
                        Long.parseLong(cells[6].strip()),
                        Long.parseLong(cells[7].strip()));
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw unreadable(file, line, e);
        }
        throw unreadable(file, line, null);
    }

    private static Duration seconds(String cell) {
        return Duration.ofNanos(new BigDecimal(cell.strip()).movePointRight(9).longValueExact());
    }

    private static IllegalArgumentException unreadable(Path file, String line, @Nullable Exception cause) {
        return new IllegalArgumentException(
                file + " has a line that is no hour of devices (" + line + ") — " + HEADER
                        + " — write the hour as 2026-11-20T00:00:00Z and seconds as numbers",
                cause);
    }
}
