package dev.llmops.metrics.instrument;

import static dev.llmops.metrics.instrument.Instrument.Kind.COUNTER;
import static dev.llmops.metrics.instrument.Instrument.Kind.GAUGE;
import static dev.llmops.metrics.instrument.Instrument.Kind.HISTOGRAM;
import static dev.llmops.metrics.instrument.LabelSets.call;
import static dev.llmops.metrics.instrument.LabelSets.genAi;
import static dev.llmops.metrics.instrument.LabelSets.versionSet;
import static dev.llmops.metrics.instrument.Profile.GEN_AI;
import static dev.llmops.metrics.instrument.Profile.GEN_AI_NEXT;
import static dev.llmops.metrics.instrument.Profile.LLM;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The table of metrics: name, type, unit, description, bucket edges and labels. Back ends, documentation and tests
 * read it here.
 *
 * <p>See docs/decisions/metrics.md#one-table-of-names-an-enum.
 *
 * @since 0.1.0
 */
// The fields are immutable or never handed out.
@SuppressWarnings("ImmutableEnumChecker")
public enum Instrument {
    // Traffic
    /** Calls that ended; each is counted once, under exactly one status. */
    REQUESTS(COUNTER, "llm.requests", "", "Calls that ended, by status", call("status", "version_set")),
    /** The versions that a version set's id stands for; always 1. */
    VERSION_SET_INFO(GAUGE, "llm.version.set.info", "", "Parts of a version set by its id, always 1", versionSet()),
    /** Calls that have started and not ended. */
    ACTIVE_REQUESTS(GAUGE, "llm.active.requests", "", "Calls in flight", call()),
    /** Tokens, as input or output; the two are disjoint. */
    TOKENS(COUNTER, "llm.tokens", "", "Tokens by type, input or output", call("type")),
    /** Input tokens that the provider read from its cache: a subset of the input. */
    CACHED_INPUT_TOKENS(COUNTER, "llm.cached.input.tokens", "", "Input tokens read from the provider's cache", call()),
    /** Output tokens spent on reasoning: a subset of the output. */
    REASONING_OUTPUT_TOKENS(COUNTER, "llm.reasoning.output.tokens", "", "Output tokens spent on reasoning", call()),
    /** The speed of one answer: (output tokens − 1) ÷ generation time. */
    OUTPUT_TOKENS_PER_SECOND(
            "llm.output.tokens.per.second", "", "Output speed of one call", Buckets.TOKENS_PER_SECOND, call()),

    // Latency
    /** From the start of a call to its end. */
    REQUEST_LATENCY("llm.request.latency", "s", "Time from start to end of a call", Buckets.DURATION, call("status")),
    /** From the start to the first chunk with content. */
    TIME_TO_FIRST_TOKEN(
            "llm.time.to.first.token",
            "s",
            "Time from start to first chunk with content",
            Buckets.TIME_TO_FIRST_TOKEN,
            call()),
    /** From the start to the first chunk of any kind. */
    TIME_TO_FIRST_CHUNK(
            "llm.time.to.first.chunk",
            "s",
            "Time from start to first chunk of any kind",
            Buckets.TIME_TO_FIRST_TOKEN,
            call()),
    /** The mean gap of one call: (last content chunk − first content chunk) ÷ (output tokens − 1). */
    TIME_PER_OUTPUT_TOKEN(
            "llm.time.per.output.token",
            "s",
            "Mean time per output token after the first, by call",
            Buckets.TIME_PER_OUTPUT_TOKEN,
            call()),
    /** Every gap between tokens: a chunk of k tokens after a gap g counts as k samples of g ÷ k. */
    INTER_TOKEN_LATENCY(
            "llm.inter.token.latency",
            "s",
            "Gaps between output tokens, one sample per token",
            Buckets.TIME_PER_OUTPUT_TOKEN,
            call()),
    /** The named phases of a call, such as queue or retrieval. */
    PHASE_LATENCY("llm.phase.latency", "s", "Time spent in a named phase of a call", Buckets.DURATION, call("phase")),

    // Errors
    /** Calls that did not complete, by the kind of error that ended them. */
    ERRORS(COUNTER, "llm.errors", "", "Calls that did not complete, by kind of error", call("kind")),
    /** Requests that were sent again within a call. */
    RETRIES(COUNTER, "llm.retries", "", "Requests sent again", call()),
    /** Calls in which the model declined to answer. */
    REFUSALS(COUNTER, "llm.refusals", "", "Calls in which the model declined to answer", call()),

    // Saturation
    /** Share of time in which a device was busy. */
    GPU_UTILIZATION(GAUGE, "llm.gpu.utilization", "1", "Share of time a GPU was busy, 0 to 1", List.of("gpu_id")),
    /** Device memory in use. */
    GPU_MEMORY(GAUGE, "llm.gpu.memory.bytes", "By", "GPU memory in use", List.of("gpu_id")),
    /** Device memory in total. */
    GPU_MEMORY_TOTAL(GAUGE, "llm.gpu.memory.total.bytes", "By", "GPU memory in total", List.of("gpu_id")),
    /** Requests waiting at an inference server. */
    SERVER_QUEUE_SIZE(
            GAUGE, "llm.server.queue.size", "", "Requests waiting at an inference server", List.of("server", "model")),
    /** Requests running on an inference server. */
    SERVER_RUNNING(
            GAUGE, "llm.server.running", "", "Requests running on an inference server", List.of("server", "model")),
    /** Share of an inference server's key-value cache in use. */
    SERVER_KV_CACHE_UTILIZATION(
            GAUGE,
            "llm.server.kv.cache.utilization",
            "1",
            "Share of an inference server's KV cache in use, 0 to 1",
            List.of("server", "model")),
    /** Requests that ran together, reported by the application. */
    BATCH_SIZE(
            "llm.batch.size", "", "Requests that ran as one batch", Buckets.BATCH_SIZE, List.of("provider", "model")),
    /** Time until a model could answer, reported by the application. */
    COLD_START("llm.cold.start", "s", "Time to make a model ready", Buckets.COLD_START, List.of("provider", "model")),
    /** Results of the application's own answer cache. */
    CACHE_REQUESTS(COUNTER, "llm.cache.requests", "", "Answers of the application's cache", call("result")),

    // Tools
    /** Tools that ran within calls. */
    TOOL_CALLS(COUNTER, "llm.tool.calls", "", "Tool calls", call("tool", "status")),
    /** Duration of tools. */
    TOOL_LATENCY("llm.tool.latency", "s", "Time taken by a tool", Buckets.DURATION, call("tool", "status")),

    // Cost
    /** Money, in one meter per currency: the currency is the unit. */
    COST(COUNTER, "llm.cost", "", "Cost of calls", call("state", "version_set", "tenant", "feature")),

    // Quality and risk
    /** Verdicts of people on answers. */
    FEEDBACK(COUNTER, "llm.feedback", "", "Verdicts of people on answers", call("verdict")),
    /** Scores of evaluations, each on its judge's scale. */
    EVALUATION_SCORE("llm.evaluation.score", "", "Scores of evaluations", Buckets.SCORE, call("evaluation")),
    /** Risks that were found. */
    RISK_EVENTS(COUNTER, "llm.risk.events", "", "Risks found", call("type", "action")),

    // The library itself
    /** Failures inside the library that did not reach the caller. */
    TELEMETRY_FAILURES(COUNTER, "llm.telemetry.failures", "", "Failures inside the telemetry", List.of("where")),
    /** Data dropped by the library. */
    TELEMETRY_DROPPED(COUNTER, "llm.telemetry.dropped", "", "Data dropped by the telemetry", List.of("where")),
    /** Endings reported after a call had ended. */
    TELEMETRY_LATE_ENDINGS(COUNTER, "llm.telemetry.late.endings", "", "Endings of ended calls", List.of("where")),
    /** Label values that were replaced by {@code other}. */
    TELEMETRY_LABEL_OVERFLOW(
            COUNTER, "llm.telemetry.label.overflow", "", "Label values replaced by other", List.of("where")),

    // OpenTelemetry, semantic conventions 1.41 and after the renaming
    /** Duration of every operation in 1.41; of operations other than inference after the renaming. */
    GEN_AI_OPERATION_DURATION(
            EnumSet.of(GEN_AI, GEN_AI_NEXT),
            "gen_ai.client.operation.duration",
            "s",
            "GenAI operation duration",
            Buckets.DURATION,
            genAi("error.type")),
    /** Time to the first chunk of a stream, 1.41. */
    GEN_AI_TIME_TO_FIRST_CHUNK(
            EnumSet.of(GEN_AI),
            "gen_ai.client.operation.time_to_first_chunk",
            "s",
            "Time to receive the first chunk of a stream",
            Buckets.DURATION,
            genAi()),
    /** Tokens of one operation, 1.41. */
    GEN_AI_TOKEN_USAGE(
            EnumSet.of(GEN_AI),
            "gen_ai.client.token.usage",
            "{token}",
            "Tokens used by an operation",
            Buckets.TOKENS,
            genAi("gen_ai.token.type")),
    /** Duration of an inference, after the renaming. */
    GEN_AI_INFERENCE_DURATION(
            EnumSet.of(GEN_AI_NEXT),
            "gen_ai.client.inference.duration",
            "s",
            "GenAI inference duration",
            Buckets.DURATION,
            genAi("error.type")),
    /** Time to the first chunk of a stream, after the renaming. */
    GEN_AI_INFERENCE_TIME_TO_FIRST_CHUNK(
            EnumSet.of(GEN_AI_NEXT),
            "gen_ai.client.inference.time_to_first_chunk",
            "s",
            "Time to receive the first chunk of an inference stream",
            Buckets.DURATION,
            genAi()),
    /** Input tokens of one inference. */
    GEN_AI_INFERENCE_INPUT_TOKENS(
            EnumSet.of(GEN_AI_NEXT),
            "gen_ai.client.inference.operation.input_tokens",
            "{token}",
            "Input tokens of an inference",
            Buckets.TOKENS,
            genAi("error.type")),
    /** Output tokens of one inference. */
    GEN_AI_INFERENCE_OUTPUT_TOKENS(
            EnumSet.of(GEN_AI_NEXT),
            "gen_ai.client.inference.operation.output_tokens",
            "{token}",
            "Output tokens of an inference",
            Buckets.TOKENS,
            genAi("error.type")),
    /** Input tokens used, cached ones included. */
    GEN_AI_USAGE_INPUT_TOKENS("gen_ai.client.inference.usage.input_tokens", "Input tokens used, including cached ones"),
    /** Output tokens used, reasoning included. */
    GEN_AI_USAGE_OUTPUT_TOKENS(
            "gen_ai.client.inference.usage.output_tokens", "Output tokens used, including reasoning"),
    /** Input tokens read from the provider's cache: a subset of the input. */
    GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS(
            "gen_ai.client.inference.usage.cache_read.input_tokens", "Input tokens read from the provider's cache"),
    /** Input tokens written to the provider's cache: a subset of the input. */
    GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS(
            "gen_ai.client.inference.usage.cache_write.input_tokens", "Input tokens written to the provider's cache"),
    /** Output tokens spent on reasoning: a subset of the output. */
    GEN_AI_USAGE_REASONING_OUTPUT_TOKENS(
            "gen_ai.client.inference.usage.reasoning.output_tokens", "Output tokens spent on reasoning"),
    /** Duration of a tool. */
    GEN_AI_EXECUTE_TOOL_DURATION(
            EnumSet.of(GEN_AI_NEXT),
            "gen_ai.execute_tool.duration",
            "s",
            "Duration of a tool execution",
            Buckets.DURATION,
            List.of("gen_ai.tool.name", "error.type"));

    /** The type of a metric. */
    public enum Kind {
        /** A value that only grows. */
        COUNTER,
        /** A value that goes up and down. */
        GAUGE,
        /** A distribution of values. */
        HISTOGRAM
    }

    private final Set<Profile> profiles;
    private final Kind kind;
    private final String meterName;
    private final String unit;
    private final String description;
    private final double[] buckets;
    private final List<String> labels;

    Instrument(Kind kind, String meterName, String unit, String description, List<String> labels) {
        this(EnumSet.of(LLM), kind, meterName, unit, description, Buckets.NONE, labels);
    }

    Instrument(String meterName, String unit, String description, double[] buckets, List<String> labels) {
        this(EnumSet.of(LLM), HISTOGRAM, meterName, unit, description, buckets, labels);
    }

    Instrument(
            Set<Profile> profiles,
            String meterName,
            String unit,
            String description,
            double[] buckets,
            List<String> labels) {
        this(profiles, HISTOGRAM, meterName, unit, description, buckets, labels);
    }

    /** A counter of tokens by modality. */
    Instrument(String meterName, String description) {
        this(
                EnumSet.of(GEN_AI_NEXT),
                COUNTER,
                meterName,
                "{token}",
                description,
                Buckets.NONE,
                genAi("gen_ai.token.modality"));
    }

    Instrument(
            Set<Profile> profiles,
            Kind kind,
            String meterName,
            String unit,
            String description,
            double[] buckets,
            List<String> labels) {
        this.profiles = Collections.unmodifiableSet(profiles);
        this.kind = kind;
        this.meterName = meterName;
        this.unit = unit;
        this.description = description;
        this.buckets = buckets;
        this.labels = labels;
    }

    /** {@return the vocabularies that have this metric, an unmodifiable set of at least one} */
    public Set<Profile> profiles() {
        return profiles;
    }

    /** {@return the type of the metric} */
    public Kind kind() {
        return kind;
    }

    /** {@return the name in Micrometer and OpenTelemetry, such as {@code llm.request.latency}} */
    public String meterName() {
        return meterName;
    }

    /**
     * Returns the name on Prometheus, such as {@code llm_request_latency_seconds} or {@code llm_requests_total}. A histogram's
     * series add {@code _bucket}, {@code _sum} and {@code _count} to it. {@link #COST} has a name for each currency, such
     * as {@code llm_cost_usd_total}, and is given here with <code>{currency}</code> in its place.
     *
     * @return the name, with its unit
     */
    public String prometheusName() {
        String name = this == COST ? prometheusBaseName() + "_{currency}" : prometheusBaseName();
        return kind == COUNTER ? name + "_total" : name;
    }

    /** {@return the name on Prometheus without the suffixes of its type and currency} */
    public String prometheusBaseName() {
        String name = meterName.replace('.', '_');
        return isTime() ? name + "_seconds" : name;
    }

    /** {@return the unit in UCUM: {@code s}, {@code By}, {@code 1}, <code>{token}</code>, or empty for plain counts} */
    public String unit() {
        return unit;
    }

    /** {@return a sentence on what is measured, as back ends show it} */
    public String description() {
        return description;
    }

    /**
     * {@return the upper edges of the classic histogram's buckets, without those that registered thresholds add;
     * empty for counters and gauges}
     */
    public List<Double> buckets() {
        List<Double> edges = new ArrayList<>(buckets.length);
        for (double edge : buckets) {
            edges.add(edge);
        }
        return edges;
    }

    /**
     * {@return the names of the labels; every series of the metric has all of them, in this order; Prometheus sees
     * {@code _} for each dot}
     */
    public List<String> labels() {
        return labels;
    }

    /** {@return true if the metric measures time; its values and bucket edges are in seconds} */
    public boolean isTime() {
        return unit.equals("s");
    }

    /** {@return true if a saturation monitor shows the metric, and not the recorder of calls} */
    public boolean isPolled() {
        return kind == GAUGE && this != ACTIVE_REQUESTS && !isObserved();
    }

    /** {@return true if the metric's values are kept elsewhere and read when scraped} */
    public boolean isObserved() {
        return this == VERSION_SET_INFO || meterName.startsWith("llm.telemetry.");
    }

    /** {@return true if values between whole numbers, and so edges between them, have a meaning; times aside} */
    public boolean isFractional() {
        return this == OUTPUT_TOKENS_PER_SECOND || this == EVALUATION_SCORE;
    }
}
