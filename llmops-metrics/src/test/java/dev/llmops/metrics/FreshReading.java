package dev.llmops.metrics;

import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.instrument.Instrument;
import io.prometheus.metrics.model.snapshots.Labels;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Computes from records and events, in the plainest way, every series of the profile {@code llm} that they call for. */
final class FreshReading {

    private final Map<String, Double> series = new TreeMap<>();
    private final Map<String, BigDecimal> money = new TreeMap<>();

    static Map<String, Double> of(
            Collection<CallInfo> started, Collection<CallRecord> records, Collection<LlmEvent> events) {
        FreshReading reading = new FreshReading();
        started.forEach(reading::start);
        records.forEach(reading::read);
        events.forEach(reading::read);
        reading.money.forEach((key, sum) -> reading.series.put(key, sum.doubleValue()));
        return reading.series;
    }

    private static String[] labels(CallInfo call, String... more) {
        String[] labels = new String[6 + more.length];
        System.arraycopy(
                new String[] {
                    "operation", call.operation().name(), "provider", call.provider(), "model", call.requestModel()
                },
                0,
                labels,
                0,
                6);
        System.arraycopy(more, 0, labels, 6, more.length);
        return labels;
    }

    private void count(String name, double amount, String... labels) {
        series.merge(Scrape.key(name, Labels.of(labels)), amount, Double::sum);
    }

    private void observe(Instrument instrument, double value, long times, String... labels) {
        String name = instrument.prometheusName();
        Set<Double> edges = new TreeSet<>(instrument.buckets());
        edges.add(Double.POSITIVE_INFINITY);
        for (double edge : edges) {
            Labels withEdge = Labels.of(labels).add("_le", Double.toString(edge));
            series.merge(Scrape.key(name + "_bucket", withEdge), value <= edge ? times : 0.0, Double::sum);
        }
        count(name + "_count", times, labels);
        count(name + "_sum", value * times, labels);
    }

    private static Labels versions(VersionSet versionSet) {
        Labels labels = Labels.of("version_set", versionSet.id());
        for (String part : VersionSet.STANDARD_PARTS) {
            labels = labels.add(part, versionSet.part(part).orElse(""));
        }
        return labels;
    }

    /** What exists, at 0 at least, from the first call of a model on. */
    private void start(CallInfo call) {
        count("llm_active_requests", 0, labels(call));
        for (Outcome outcome : Outcome.values()) {
            count(
                    "llm_requests_total",
                    0,
                    labels(
                            call,
                            "status",
                            LabelValues.of(outcome),
                            "version_set",
                            call.versionSet().id()));
        }
        if (!call.versionSet().parts().isEmpty()) {
            series.put(Scrape.key("llm_version_set_info", versions(call.versionSet())), 1.0);
        }
        for (ErrorKind kind : ErrorKind.standard()) {
            count("llm_errors_total", 0, labels(call, "kind", kind.name()));
        }
        count("llm_tokens_total", 0, labels(call, "type", "input"));
        count("llm_tokens_total", 0, labels(call, "type", "output"));
        count("llm_cached_input_tokens_total", 0, labels(call));
        count("llm_reasoning_output_tokens_total", 0, labels(call));
        count("llm_retries_total", 0, labels(call));
        count("llm_refusals_total", 0, labels(call));
        count("llm_feedback_total", 0, labels(call, "verdict", "up"));
        count("llm_feedback_total", 0, labels(call, "verdict", "down"));
        observe(Instrument.REQUEST_LATENCY, 0, 0, labels(call, "status", "success"));
        if (call.isStreaming()) {
            observe(Instrument.TIME_TO_FIRST_TOKEN, 0, 0, labels(call));
            observe(Instrument.TIME_TO_FIRST_CHUNK, 0, 0, labels(call));
            observe(Instrument.TIME_PER_OUTPUT_TOKEN, 0, 0, labels(call));
            observe(Instrument.INTER_TOKEN_LATENCY, 0, 0, labels(call));
            observe(Instrument.OUTPUT_TOKENS_PER_SECOND, 0, 0, labels(call));
        }
    }

    private void read(CallRecord record) {
        CallInfo call = record.info();
        String status = LabelValues.of(record.outcome());
        count(
                "llm_requests_total",
                1,
                labels(call, "status", status, "version_set", call.versionSet().id()));
        if (record.error() != null) {
            count(
                    "llm_errors_total",
                    1,
                    labels(call, "kind", record.error().kind().name()));
        }
        record.usage().inputTokens().ifPresent(n -> count("llm_tokens_total", n, labels(call, "type", "input")));
        record.usage().outputTokens().ifPresent(n -> count("llm_tokens_total", n, labels(call, "type", "output")));
        count("llm_cached_input_tokens_total", record.usage().cachedInputTokens(), labels(call));
        count("llm_reasoning_output_tokens_total", record.usage().reasoningTokens(), labels(call));
        count("llm_retries_total", record.retries(), labels(call));
        count("llm_refusals_total", record.isRefusal() ? 1 : 0, labels(call));
        record.risks().forEach(risk -> read(call, risk));
        if (record.cache() != null) {
            for (CacheResult result : CacheResult.values()) {
                count(
                        "llm_cache_requests_total",
                        result == record.cache() ? 1 : 0,
                        labels(call, "result", LabelValues.of(result)));
            }
        }
        if (record.cost() != null && record.cost().amount().isPresent()) {
            String[] labels = labels(
                    call,
                    "state",
                    LabelValues.of(record.cost().state()),
                    "version_set",
                    call.versionSet().id());
            money.merge(
                    Scrape.key("llm_cost_usd_total", Labels.of(labels)),
                    record.cost().amount().get(),
                    BigDecimal::add);
        }
        readTimes(record, call, status);
    }

    private void readTimes(CallRecord record, CallInfo call, String status) {
        var timing = record.timing();
        observe(Instrument.REQUEST_LATENCY, timing.durationNanos() / 1e9, 1, labels(call, "status", status));
        timing.timeToFirstTokenNanos()
                .ifPresent(n -> observe(Instrument.TIME_TO_FIRST_TOKEN, n / 1e9, 1, labels(call)));
        timing.timeToFirstChunkNanos()
                .ifPresent(n -> observe(Instrument.TIME_TO_FIRST_CHUNK, n / 1e9, 1, labels(call)));
        timing.timePerOutputTokenNanos()
                .ifPresent(n -> observe(Instrument.TIME_PER_OUTPUT_TOKEN, n / 1e9, 1, labels(call)));
        timing.outputTokensPerSecond()
                .ifPresent(speed -> observe(Instrument.OUTPUT_TOKENS_PER_SECOND, speed, 1, labels(call)));
        timing.interToken()
                .forEach((nanos, n) -> observe(Instrument.INTER_TOKEN_LATENCY, nanos / 1e9, n, labels(call)));
        if (timing.interToken().samples() > 0) {
            // The buckets hold midpoints, but the sum is exact.
            String sum = "llm_inter_token_latency_seconds_sum";
            timing.interToken().forEach((nanos, n) -> count(sum, -nanos * n / 1e9, labels(call)));
            count(sum, timing.interToken().sumNanos() / 1e9, labels(call));
        }
        timing.phases()
                .forEach(phase -> observe(
                        Instrument.PHASE_LATENCY, phase.durationNanos() / 1e9, 1, labels(call, "phase", phase.name())));
        record.toolCalls().forEach(tool -> {
            for (boolean success : new boolean[] {true, false}) {
                String[] labels = labels(call, "tool", tool.name(), "status", LabelValues.ofTool(success));
                long times = success == tool.isSuccess() ? 1 : 0;
                count("llm_tool_calls_total", times, labels);
                observe(Instrument.TOOL_LATENCY, tool.durationNanos() / 1e9, times, labels);
            }
        });
    }

    private void read(LlmEvent event) {
        CallInfo call = event.call();
        if (event instanceof LlmEvent.Feedback given) {
            count("llm_feedback_total", 1, labels(call, "verdict", LabelValues.of(given.verdict())));
        } else if (event instanceof LlmEvent.Evaluation scored) {
            observe(Instrument.EVALUATION_SCORE, scored.score(), 1, labels(call, "evaluation", scored.evaluation()));
        } else if (event instanceof LlmEvent.Refusal) {
            count("llm_refusals_total", 1, labels(call));
        } else if (event instanceof LlmEvent.Risk found) {
            read(call, found.finding());
        }
    }

    private void read(CallInfo call, RiskFinding risk) {
        count("llm_risk_events_total", 1, labels(call, "type", risk.type(), "action", risk.action()));
    }
}
