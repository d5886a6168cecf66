package dev.llmops.report.operations;

import dev.llmops.cost.accounting.SelfHostedHour;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.report.Page;
import dev.llmops.slo.alert.AlertHistory;
import dev.llmops.slo.status.Incident;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations report of a period on one page: business effect, system quality, and cost effectiveness, every figure with
 * the number of observations it rests on, and every rate with its interval. A figure for which there is no data is absent, and
 * the page says what to supply.
 *
 * @param from the start of the period
 * @param to its end, exclusive
 * @param figures the figures in the order of the page
 * @param costliestConversations the conversations that cost most
 * @param costliestAgentRuns the agent runs that cost most: traces of two or more calls
 * @param unusualHours the hours in which most was spent beyond the same hours of past weeks
 * @param forecast the capacity that the next week needs; empty under three weeks of history
 * @since 0.1.0
 */
public record OperationsReport(
        Instant from,
        Instant to,
        List<Figure> figures,
        List<Spent> costliestConversations,
        List<Spent> costliestAgentRuns,
        List<UnusualHour> unusualHours,
        Optional<CapacityForecast> forecast) {

    static final String BUSINESS = "Business effect";
    static final String QUALITY = "System quality";
    static final String TREND = "Quality by day";
    static final String SATURATION = "Saturation";
    static final String OPERATION = "Alerts and releases";
    static final String COST = "Cost effectiveness";

    private static final Duration HISTORY = Duration.ofDays(56);
    static final int WORST = 10;
    private static final Set<SwitchEvent.Action> MITIGATING = Set.of(
            SwitchEvent.Action.PAUSE,
            SwitchEvent.Action.DEGRADE,
            SwitchEvent.Action.LIMIT,
            SwitchEvent.Action.ROLL_BACK,
            SwitchEvent.Action.CLOSE_ENTRANCE);
    private static final Set<SwitchEvent.Action> FAILED =
            Set.of(SwitchEvent.Action.ROLL_BACK, SwitchEvent.Action.CLOSE_ENTRANCE);

    /** Copies the lists. */
    public OperationsReport {
        figures = List.copyOf(figures);
        costliestConversations = List.copyOf(costliestConversations);
        costliestAgentRuns = List.copyOf(costliestAgentRuns);
        unusualHours = List.copyOf(unusualHours);
    }

    /**
     * The cost of something.
     *
     * @param id its id, as it is in the log
     * @param currency the currency
     * @param amount the sum of its calls
     * @param calls the number of its calls that have a price
     */
    public record Spent(String id, String currency, BigDecimal amount, long calls) {}

    /**
     * An hour in which unusually much was spent.
     *
     * @param start its start
     * @param currency the currency
     * @param amount what was spent
     * @param usual the median of the same hour of the same weekday in up to eight past weeks
     */
    public record UnusualHour(Instant start, String currency, BigDecimal amount, BigDecimal usual) {

        BigDecimal excess() {
            return amount.subtract(usual);
        }
    }

    /**
     * Begins the report of a period.
     *
     * @param from its start
     * @param to its end, exclusive
     * @param zone the zone of its days
     * @return a builder
     */
    public static Builder builder(Instant from, Instant to, ZoneId zone) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the period ends (" + to + ") before it has begun (" + from
                    + ") — an end after the beginning is allowed — pass the day after the last one");
        }
        return new Builder(from, to, zone);
    }

    /**
     * Returns a figure by its name.
     *
     * @param name the name
     * @return the first figure of that name, if there is data for it
     */
    public Optional<Figure> figure(String name) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }

    /**
     * Lays the report out.
     *
     * @return a page
     */
    public Page toPage() {
        return new OperationsPage(this).page();
    }

    /** Collects what the report rests on. Not thread-safe. */
    public static final class Builder {

        private final Instant from;
        private final Instant to;
        private final ZoneId zone;
        private final LoggedFigures logged;
        // Made on demand: the table of metrics is an optional dependency.
        private @Nullable SaturationFigures saturation;
        private final List<DriftReport> drift = new ArrayList<>();
        private final List<Figure> operation = new ArrayList<>();
        private final List<Incident> fired = new ArrayList<>();
        private final List<SwitchEvent> switched = new ArrayList<>();
        private final List<UnusualHour> unusual = new ArrayList<>();
        private final List<Figure> devices = new ArrayList<>();
        private List<Figure> cost = new ArrayList<>();
        private Optional<CapacityForecast> forecast = Optional.empty();

        private Builder(Instant from, Instant to, ZoneId zone) {
            this.from = from;
            this.to = to;
            this.zone = zone;
            this.logged = new LoggedFigures(from, to, zone);
        }

        /**
         * Reads the call log. The ids of users and conversations, and of judged calls, are held in memory.
         *
         * @param lines JSON lines in the nested form, read at once and not closed
         * @return this builder
         * @throws IllegalArgumentException if the log is sampled
         */
        public Builder log(Stream<String> lines) {
            logged.read(lines);
            return this;
        }

        /**
         * Reads the ledger's table {@code llm_ledger}; call it after {@link #log}, which says how many users, successes and
         * conversions there were. The forecast looks at the eight weeks before the end of the period.
         *
         * @param connection a connection to H2 or PostgreSQL, not closed
         * @return this builder
         * @throws SQLException if the table cannot be read
         */
        public Builder ledger(Connection connection) throws SQLException {
            LedgerFigures ledger = new LedgerFigures(connection, from, to);
            cost = new ArrayList<>(ledger.figures(logged.users(), logged.successes(), logged.results()));
            Instant past = from.minus(Duration.ofDays(7L * SpendAnomalies.WEEKS));
            ledger.spendByHour(past).forEach((currency, spent) -> {
                SpendAnomalies anomalies = SpendAnomalies.of(currency, spent, from, to, zone);
                cost.addAll(Figure.rate(
                        COST,
                        "hours of unusual spend in " + currency,
                        anomalies.hours().size(),
                        anomalies.comparedHours()));
                anomalies.hours().stream().limit(WORST).forEach(unusual::add);
            });
            forecast = CapacityForecast.of(ledger.callsByDay(to.minus(HISTORY), zone));
            return this;
        }

        /**
         * Adds how fast alerts came and went.
         *
         * @param incidents alerts of objectives; those that fired in the period count
         * @return this builder
         */
        public Builder incidents(List<Incident> incidents) {
            AlertHistory within = new AlertHistory(incidents.stream()
                    .filter(incident -> isWithin(incident.firedAt()))
                    .toList());
            List<Incident> all = within.incidents();
            fired.addAll(all);
            operation.add(Figure.count(OPERATION, "alerts", all.size()));
            operation.addAll(Figure.spread(
                    OPERATION,
                    "time to detect",
                    all.stream().map(Incident::timeToDetect).toList()));
            operation.addAll(Figure.spread(
                    OPERATION,
                    "time to restore",
                    all.stream()
                            .flatMap(incident -> incident.timeToResolve().stream())
                            .toList()));
            within.meanTimeBetweenFailures()
                    .ifPresent(mean -> operation.add(Figure.number(
                            OPERATION, "mean time between failures", mean.toMillis() / 1e3, "s", all.size())));
            long judged =
                    all.stream().filter(each -> each.worthItOrNull() != null).count();
            long worthIt = all.stream()
                    .filter(each -> Boolean.TRUE.equals(each.worthItOrNull()))
                    .count();
            operation.addAll(Figure.rate(OPERATION, "alert precision", worthIt, judged));
            return this;
        }

        /**
         * Adds how releases went.
         *
         * @param events events of switches; releases that started in the period count
         * @return this builder
         */
        public Builder releases(List<SwitchEvent> events) {
            Set<String> started = new TreeSet<>();
            Set<String> failed = new TreeSet<>();
            Set<String> rolledBack = new TreeSet<>();
            switched.addAll(events);
            for (SwitchEvent event : events) {
                if (event.action() == SwitchEvent.Action.START && isWithin(event.at())) {
                    started.add(event.changeId());
                } else if (FAILED.contains(event.action())) {
                    failed.add(event.changeId());
                }
                if (event.action() == SwitchEvent.Action.ROLL_BACK) {
                    rolledBack.add(event.changeId());
                }
            }
            failed.retainAll(started);
            rolledBack.retainAll(started);
            operation.add(Figure.count(OPERATION, "releases", started.size()));
            operation.addAll(Figure.rate(OPERATION, "change failure rate", failed.size(), started.size()));
            operation.addAll(Figure.rate(OPERATION, "roll-back rate", rolledBack.size(), started.size()));
            return this;
        }

        /**
         * Adds the load of devices and model servers.
         *
         * @param answer what Prometheus answers to a range query of {@code llm_gpu_utilization},
         *     {@code llm_server_queue_size}, {@code llm_server_running} or
         *     {@code llm_server_kv_cache_utilization} over the period, as JSON; other series are left aside
         * @return this builder
         * @throws IllegalArgumentException if it is no JSON
         */
        public Builder saturation(String answer) {
            SaturationFigures gauges = saturation == null ? new SaturationFigures(from, to) : saturation;
            saturation = gauges;
            gauges.read(answer);
            return this;
        }

        /**
         * Adds what devices of one's own cost and did.
         *
         * @param currency the currency of the bill
         * @param hours priced hours; those in the period count
         * @param listPricePerHour the price of a device-hour on demand, which spot and reserved prices are compared with; null
         *     if there is nothing to compare
         * @return this builder
         */
        public Builder devices(String currency, List<SelfHostedHour> hours, @Nullable BigDecimal listPricePerHour) {
            devices.addAll(DeviceFigures.of(
                    currency,
                    hours.stream().filter(hour -> isWithin(hour.hour())).toList(),
                    listPricePerHour));
            return this;
        }

        /**
         * Adds comparisons of traffic with its reference.
         *
         * @param windows the reports of a drift monitor; windows that began in the period count
         * @return this builder
         */
        public Builder drift(List<DriftReport> windows) {
            windows.stream().filter(window -> isWithin(window.from())).forEach(drift::add);
            return this;
        }

        /** From an alert to the first step against it that a release switch took while it fired. */
        private List<Duration> timesToMitigate() {
            return fired.stream()
                    .flatMap(incident -> switched.stream()
                            .filter(event -> MITIGATING.contains(event.action()))
                            .map(SwitchEvent::at)
                            .filter(at -> !at.isBefore(incident.firedAt())
                                    && !at.isAfter(incident.resolvedAt().orElse(to)))
                            .min(Comparator.naturalOrder())
                            .map(at -> Duration.between(incident.firedAt(), at))
                            .stream())
                    .toList();
        }

        private boolean isWithin(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }

        /**
         * Computes the report.
         *
         * @return the report
         */
        public OperationsReport build() {
            List<Figure> figures = new ArrayList<>(logged.figures());
            if (!drift.isEmpty()) {
                figures.addAll(DriftFigures.of(drift));
            }
            figures.addAll(logged.trends());
            figures.addAll(logged.saturation());
            if (saturation != null) {
                figures.addAll(saturation.figures());
            }
            figures.addAll(operation);
            figures.addAll(Figure.spread(OPERATION, "time to mitigate", timesToMitigate()));
            figures.addAll(cost);
            figures.addAll(logged.costs());
            figures.addAll(devices);
            return new OperationsReport(
                    from, to, figures, logged.costliestConversations(), logged.costliestAgentRuns(), unusual, forecast);
        }
    }
}
