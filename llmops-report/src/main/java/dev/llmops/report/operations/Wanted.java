package dev.llmops.report.operations;

import java.util.List;

/**
 * A figure that every report should have, and what to supply where it is missing.
 *
 * @param section the part of the report it belongs to
 * @param start what its name begins with
 * @param remedy what to supply
 */
record Wanted(String section, String start, String remedy) {

    private static final String LOG = "log lines of calls: log(…)";
    private static final String USERS = "log lines with user_id";
    private static final String LEDGER = "a ledger with calls of the period: ledger(…)";
    private static final String INCIDENTS = "alerts of objectives: incidents(…)";
    private static final String RELEASES = "events of release switches: releases(…)";
    private static final String EVENTS = "log lines of later events: ";
    private static final String RANGE =
            "Prometheus' answer to a range query of llm_gpu_* and llm_server_*: saturation(…)";
    private static final String DEVICES = "measured hours of devices with their price: devices(…)";

    private static final List<Wanted> ALL = List.of(
            new Wanted(OperationsReport.BUSINESS, "active users", USERS),
            new Wanted(OperationsReport.BUSINESS, "daily active users, mean", USERS),
            new Wanted(OperationsReport.BUSINESS, "adoption of", USERS + " and feature"),
            new Wanted(
                    OperationsReport.BUSINESS,
                    "conversion",
                    EVENTS + "record BusinessOutcome of kind CONVERSION with the QualityMonitor"),
            new Wanted(OperationsReport.BUSINESS, "satisfaction", EVENTS + "LlmOps.feedback(…)"),
            new Wanted(OperationsReport.BUSINESS, "complaints", EVENTS + "LlmOps.feedback(…)"),
            new Wanted(OperationsReport.QUALITY, "success", LOG),
            new Wanted(OperationsReport.QUALITY, "latency total", LOG),
            new Wanted(OperationsReport.QUALITY, "windows with drift", "reports of a DriftMonitor: drift(…)"),
            new Wanted(OperationsReport.TREND, "change of success", "a period of two days or more with calls"),
            new Wanted(
                    OperationsReport.TREND,
                    "change of satisfaction",
                    EVENTS + "LlmOps.feedback(…) on two days or more"),
            new Wanted(OperationsReport.SATURATION, "calls in flight", LOG),
            new Wanted(OperationsReport.SATURATION, "llm.gpu.utilization", RANGE),
            new Wanted(OperationsReport.SATURATION, "device idle share", RANGE),
            new Wanted(OperationsReport.SATURATION, "llm.server.queue.size", RANGE),
            new Wanted(OperationsReport.OPERATION, "time to detect", INCIDENTS),
            new Wanted(OperationsReport.OPERATION, "time to mitigate", "alerts and the switch events against them"),
            new Wanted(OperationsReport.OPERATION, "time to restore", INCIDENTS + ", with the resolved ones"),
            new Wanted(OperationsReport.OPERATION, "mean time between failures", "two alerts or more of one severity"),
            new Wanted(OperationsReport.OPERATION, "alert precision", "alerts that are marked worth it or not"),
            new Wanted(OperationsReport.OPERATION, "releases", RELEASES),
            new Wanted(OperationsReport.OPERATION, "change failure rate", RELEASES + ", with a start in the period"),
            new Wanted(OperationsReport.OPERATION, "roll-back rate", RELEASES + ", with a start in the period"),
            new Wanted(OperationsReport.COST, "total", LEDGER),
            new Wanted(OperationsReport.COST, "per million calls", LEDGER),
            new Wanted(OperationsReport.COST, "per active user", "the ledger after a log with user_id"),
            new Wanted(OperationsReport.COST, "per successful call", "the ledger after the log"),
            new Wanted(OperationsReport.COST, "per conversion", "the ledger after a log with conversions"),
            new Wanted(OperationsReport.COST, "by team", "a ledger that keeps the attribute: keepAttributes(\"team\")"),
            new Wanted(
                    OperationsReport.COST,
                    "saved on cached input",
                    "calls with cached and uncached input in the ledger"),
            new Wanted(OperationsReport.COST, "saved on spot", DEVICES + ", and their list price"),
            new Wanted(
                    OperationsReport.COST, "spent on calls with retries", "log lines of calls with retries and a cost"),
            new Wanted(OperationsReport.COST, "cost of a conversation", "log lines with conversation_id and a cost"),
            new Wanted(OperationsReport.COST, "cost of an agent run", "log lines with a trace_id that two calls share"),
            new Wanted(OperationsReport.COST, "devices", DEVICES),
            new Wanted(OperationsReport.COST, "tokens for one", DEVICES),
            new Wanted(OperationsReport.COST, "paid for idle devices", DEVICES),
            new Wanted(OperationsReport.COST, "hours of unusual spend", "a ledger with three past weeks or more"));

    /** Returns those of a section that a report does not have. */
    static List<Wanted> missing(String section, List<Figure> figures) {
        return ALL.stream()
                .filter(wanted -> wanted.section.equals(section))
                .filter(wanted -> figures.stream().noneMatch(wanted::is))
                .toList();
    }

    private boolean is(Figure figure) {
        return figure.section().equals(section) && figure.name().startsWith(start);
    }
}
