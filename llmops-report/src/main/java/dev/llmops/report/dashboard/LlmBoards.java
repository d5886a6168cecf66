package dev.llmops.report.dashboard;

import static dev.llmops.metrics.instrument.Instrument.ACTIVE_REQUESTS;
import static dev.llmops.metrics.instrument.Instrument.ERRORS;
import static dev.llmops.metrics.instrument.Instrument.EVALUATION_SCORE;
import static dev.llmops.metrics.instrument.Instrument.FEEDBACK;
import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY;
import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY_TOTAL;
import static dev.llmops.metrics.instrument.Instrument.GPU_UTILIZATION;
import static dev.llmops.metrics.instrument.Instrument.INTER_TOKEN_LATENCY;
import static dev.llmops.metrics.instrument.Instrument.REQUESTS;
import static dev.llmops.metrics.instrument.Instrument.REQUEST_LATENCY;
import static dev.llmops.metrics.instrument.Instrument.RISK_EVENTS;
import static dev.llmops.metrics.instrument.Instrument.SERVER_KV_CACHE_UTILIZATION;
import static dev.llmops.metrics.instrument.Instrument.SERVER_QUEUE_SIZE;
import static dev.llmops.metrics.instrument.Instrument.SERVER_RUNNING;
import static dev.llmops.metrics.instrument.Instrument.TIME_TO_FIRST_TOKEN;
import static dev.llmops.metrics.instrument.Instrument.TOKENS;
import static dev.llmops.metrics.instrument.Instrument.VERSION_SET_INFO;
import static dev.llmops.report.dashboard.Panel.lines;
import static dev.llmops.report.dashboard.Panel.query;
import static dev.llmops.report.dashboard.Panel.stat;

import dev.llmops.metrics.instrument.Instrument;
import java.util.List;

/** The dashboards of the library's own names. */
final class LlmBoards {

    private static final String DAY = "1d";

    // The metrics of objectives belong to the engine that measures them, and not to the instruments of calls.
    private static final String SLO_EVENTS = "llm_slo_events_total";
    private static final String SLO_BURN_RATE = "llm_slo_burn_rate";
    private static final String SLO_BUDGET_REMAINING = "llm_slo_budget_remaining";

    private final PromQl q = PromQl.ofPanel("model");
    private final PromQl all = PromQl.ofPanel("");
    private final String currency;

    private LlmBoards(String currency) {
        this.currency = currency;
    }

    static List<Dashboard> of(String currency) {
        LlmBoards boards = new LlmBoards(currency);
        return List.of(boards.overview(), boards.slo(), boards.cost(), boards.saturation(), boards.release());
    }

    private Dashboard overview() {
        return board(
                "overview",
                "LLM overview",
                "model",
                List.of(
                        stat(
                                "Quality",
                                "percentunit",
                                "Mean score of the evaluations",
                                q.ratio(q.sum(q.rateOfSum(EVALUATION_SCORE)), q.sumOfRate(EVALUATION_SCORE))),
                        stat("Latency", "s", "Time to the first token, P95", q.quantile(.95, TIME_TO_FIRST_TOKEN)),
                        stat(
                                "Cost",
                                money(),
                                "Cost of one call",
                                q.ratio(q.sum(q.costRate(currency)), q.sumOfRate(REQUESTS))),
                        stat(
                                "Risk",
                                "short",
                                "Risks that were found in the last hour",
                                q.sumOfIncrease(RISK_EVENTS.prometheusName(), "1h")),
                        lines(
                                "Calls",
                                "reqps",
                                "Calls that ended, by status",
                                query("{{status}}", q.sum("status", q.rate(REQUESTS)))),
                        lines(
                                "Errors",
                                "percentunit",
                                "Share of calls that ended badly on the service's side",
                                query(
                                        "bad",
                                        q.ratio(
                                                q.sumOfRate(REQUESTS, "status=~\"error|timeout|abandoned\""),
                                                q.sumOfRate(REQUESTS)))),
                        lines(
                                "Time to the first token",
                                "s",
                                "From the start of a call to its first content",
                                quantiles(TIME_TO_FIRST_TOKEN)),
                        lines("Latency of calls", "s", "From start to end", quantiles(REQUEST_LATENCY)),
                        lines("Between tokens", "s", "Gaps between output tokens", quantiles(INTER_TOKEN_LATENCY)),
                        lines(
                                "Tokens",
                                Panel.TOKENS_PER_SECOND,
                                "Tokens per second",
                                query("{{type}}", q.sum("type", q.rate(TOKENS)))),
                        lines(
                                "Scores",
                                "percentunit",
                                "Mean score by evaluation",
                                query(
                                        "{{evaluation}}",
                                        q.ratio(
                                                q.sum("evaluation", q.rateOfSum(EVALUATION_SCORE)),
                                                q.sum("evaluation", q.rate(EVALUATION_SCORE))))),
                        lines(
                                "Feedback",
                                "percentunit",
                                "Share of verdicts of people that were up",
                                query("up", q.ratio(q.sumOfRate(FEEDBACK, "verdict=\"up\""), q.sumOfRate(FEEDBACK)))),
                        lines(
                                "Kinds of errors",
                                Panel.PER_SECOND,
                                "Errors per second, by kind",
                                query("{{kind}}", q.sum("kind", q.rate(ERRORS)))),
                        lines(
                                "Risks",
                                Panel.PER_SECOND,
                                "Risks per second, by type and what was done",
                                query("{{type}} {{action}}", q.sum("type, action", q.rate(RISK_EVENTS))))));
    }

    private Dashboard slo() {
        String remaining = "min by (slo) (" + all.of(SLO_BUDGET_REMAINING) + ")";
        return board(
                "slo",
                "LLM objectives",
                "",
                List.of(
                        stat(
                                "Smallest budget",
                                "percentunit",
                                "Smallest remaining error budget of any objective",
                                "min(" + all.of(SLO_BUDGET_REMAINING) + ")"),
                        stat(
                                "Fastest burn",
                                "short",
                                "Largest burn rate of any window; 1 spends the budget exactly",
                                "max(" + all.of(SLO_BURN_RATE) + ")"),
                        stat(
                                "Events",
                                "short",
                                "Events of all objectives in a day",
                                all.sumOfIncrease(SLO_EVENTS, DAY)),
                        stat(
                                "Bad events",
                                "short",
                                "Bad events of all objectives in a day",
                                all.sumOfIncrease(SLO_EVENTS, DAY, "verdict=\"bad\"")),
                        lines(
                                "Budget left",
                                "percentunit",
                                "Remaining error budget, by objective; below 0 it is overspent",
                                query("{{slo}}", remaining)),
                        lines(
                                "Burn rate",
                                "short",
                                "Burn rate of every alert window, largest of all instances",
                                query("{{slo}} {{window}}", "max by (slo, window) (" + all.of(SLO_BURN_RATE) + ")")),
                        lines(
                                "Bad events",
                                "percentunit",
                                "Share of bad events over all instances",
                                query(
                                        "{{slo}}",
                                        all.ratio(
                                                all.sum("slo", all.rateOf(SLO_EVENTS, "verdict=\"bad\"")),
                                                all.sum("slo", all.rateOf(SLO_EVENTS))))),
                        lines(
                                "Events",
                                "reqps",
                                "Events by objective",
                                query("{{slo}}", all.sum("slo", all.rateOf(SLO_EVENTS))))));
    }

    private Dashboard cost() {
        return board(
                "cost",
                "LLM cost",
                "model",
                List.of(
                        stat(
                                "Today",
                                money(),
                                "Cost of the last 24 hours",
                                q.sumOfIncrease(PromQl.cost(currency), DAY)),
                        stat(
                                "Per hour",
                                money(),
                                "Cost of an hour at the present rate",
                                q.sum(q.costRate(currency)) + " * 3600"),
                        stat(
                                "Per million calls",
                                money(),
                                "Cost of a million calls",
                                q.ratio(q.sum(q.costRate(currency)), q.sumOfRate(REQUESTS)) + " * 1e6"),
                        stat(
                                "Per million tokens",
                                money(),
                                "Cost of a million tokens, input and output",
                                q.ratio(q.sum(q.costRate(currency)), q.sumOfRate(TOKENS)) + " * 1e6"),
                        lines(
                                "By model",
                                money(),
                                "Cost per hour",
                                query("{{model}}", q.sum("model", q.costRate(currency)) + " * 3600")),
                        lines(
                                "By version set",
                                money(),
                                "Cost per hour",
                                query("{{version_set}}", q.sum("version_set", q.costRate(currency)) + " * 3600")),
                        lines(
                                "By state",
                                money(),
                                "Cost per hour, by how sure the amount is",
                                query("{{state}}", q.sum("state", q.costRate(currency)) + " * 3600")),
                        lines(
                                "The next month",
                                money(),
                                "Cost of 30 days at the rate of the last day, and of the last hour",
                                query("last day", q.sumOfIncrease(PromQl.cost(currency), DAY) + " * 30"),
                                query("last hour", q.sumOfIncrease(PromQl.cost(currency), "1h") + " * 720"))));
    }

    private Dashboard saturation() {
        return board(
                "saturation",
                "LLM saturation",
                "",
                List.of(
                        stat(
                                "In flight",
                                "short",
                                "Calls that have started and not ended",
                                all.sum(all.gauge(ACTIVE_REQUESTS))),
                        stat(
                                "Waiting",
                                "short",
                                "Requests that wait at inference servers",
                                all.sum(all.gauge(SERVER_QUEUE_SIZE))),
                        stat(
                                "Fullest cache",
                                "percentunit",
                                "Largest share of a key-value cache in use",
                                "max(" + all.gauge(SERVER_KV_CACHE_UTILIZATION) + ")"),
                        stat(
                                "Busiest device",
                                "percentunit",
                                "Largest share of time a GPU was busy",
                                "max(" + all.gauge(GPU_UTILIZATION) + ")"),
                        lines(
                                "In flight",
                                "short",
                                "Calls in flight, by instance",
                                query("{{instance}}", all.sum("instance", all.gauge(ACTIVE_REQUESTS)))),
                        lines(
                                "Output tokens",
                                Panel.TOKENS_PER_SECOND,
                                "Output tokens per second, by instance",
                                query("{{instance}}", all.sum("instance", all.rate(TOKENS, "type=\"output\"")))),
                        lines(
                                "Inference servers",
                                "short",
                                "Requests, by server",
                                query("{{server}} waiting", all.sum("server", all.gauge(SERVER_QUEUE_SIZE))),
                                query("{{server}} running", all.sum("server", all.gauge(SERVER_RUNNING)))),
                        lines(
                                "Key-value caches",
                                "percentunit",
                                "Share in use, by server",
                                query(
                                        "{{server}}",
                                        "max by (server) (" + all.gauge(SERVER_KV_CACHE_UTILIZATION) + ")")),
                        lines(
                                "Devices",
                                "percentunit",
                                "Share of time busy, by device",
                                query("{{gpu_id}}", "max by (gpu_id) (" + all.gauge(GPU_UTILIZATION) + ")")),
                        lines(
                                "Device memory",
                                "percentunit",
                                "Share of memory in use, by device",
                                query(
                                        "{{gpu_id}}",
                                        "max by (gpu_id) (" + all.gauge(GPU_MEMORY) + " / "
                                                + all.gauge(GPU_MEMORY_TOTAL) + ")"))));
    }

    private Dashboard release() {
        String bad = all.rate(REQUESTS, "status=~\"error|timeout|abandoned\"");
        return board(
                "release",
                "LLM releases",
                "",
                List.of(
                        lines(
                                "Share of the traffic",
                                "percentunit",
                                "Calls by version set",
                                query(
                                        "{{version_set}}",
                                        all.sum("version_set", all.rate(REQUESTS)) + " / scalar("
                                                + all.sumOfRate(REQUESTS) + ")")),
                        lines(
                                "Calls by prompt",
                                "reqps",
                                "Calls by the prompt's version, as the version set names it",
                                query(
                                        "{{prompt}}",
                                        all.sum(
                                                "prompt",
                                                all.rate(REQUESTS)
                                                        + " * on (version_set) group_left (prompt) max by (version_set, prompt) ("
                                                        + VERSION_SET_INFO.prometheusName() + ")"))),
                        lines(
                                "Quality: bad calls",
                                "percentunit",
                                "Share of calls that ended badly, by version set",
                                query(
                                        "{{version_set}}",
                                        all.ratio(
                                                all.sum("version_set", bad),
                                                all.sum("version_set", all.rate(REQUESTS))))),
                        lines(
                                "Latency: first token",
                                "s",
                                "P95 over all version sets; its jump dates a slow version",
                                query("P95", all.quantile(.95, TIME_TO_FIRST_TOKEN))),
                        lines(
                                "Cost: per call",
                                money(),
                                "Cost of one call, by version set",
                                query(
                                        "{{version_set}}",
                                        all.ratio(
                                                all.sum("version_set", all.costRate(currency)),
                                                all.sum("version_set", all.rate(REQUESTS))))),
                        lines(
                                "Risk",
                                "short",
                                "Risks in the last hour, by type",
                                query(
                                        "{{type}}",
                                        all.sum("type", "increase(" + RISK_EVENTS.prometheusName() + "[1h])")))));
    }

    private Panel.Query[] quantiles(Instrument histogram) {
        return new Panel.Query[] {
            query("P50", q.quantile(.5, histogram)),
            query("P95", q.quantile(.95, histogram)),
            query("P99", q.quantile(.99, histogram))
        };
    }

    private String money() {
        return "currency" + currency;
    }

    private static Dashboard board(String name, String title, String modelLabel, List<Panel> panels) {
        return new Dashboard(name, title, REQUESTS.prometheusName(), modelLabel, panels);
    }
}
