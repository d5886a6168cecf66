package dev.llmops.report.dashboard;

import static dev.llmops.report.dashboard.Panel.lines;
import static dev.llmops.report.dashboard.Panel.query;
import static dev.llmops.report.dashboard.Panel.stat;

import dev.llmops.metrics.instrument.Instrument;
import java.util.List;

/** The dashboards of OpenTelemetry's names, which have traffic, errors, latency and tokens. */
final class GenAiBoards {

    private static final String MODEL = "gen_ai_request_model";

    private final PromQl q = PromQl.ofPanel(MODEL);
    private final Instrument duration;
    private final Instrument firstChunk;

    private GenAiBoards(Instrument duration, Instrument firstChunk) {
        this.duration = duration;
        this.firstChunk = firstChunk;
    }

    /** Returns those of the conventions 1.41. */
    static List<Dashboard> current() {
        GenAiBoards boards =
                new GenAiBoards(Instrument.GEN_AI_OPERATION_DURATION, Instrument.GEN_AI_TIME_TO_FIRST_CHUNK);
        Instrument tokens = Instrument.GEN_AI_TOKEN_USAGE;
        return List.of(boards.overview(
                "gen-ai",
                query("{{gen_ai_token_type}}", boards.q.sum("gen_ai_token_type", boards.q.rateOfSum(tokens)))));
    }

    /** Returns those of the conventions after their renaming. */
    static List<Dashboard> next() {
        GenAiBoards boards =
                new GenAiBoards(Instrument.GEN_AI_INFERENCE_DURATION, Instrument.GEN_AI_INFERENCE_TIME_TO_FIRST_CHUNK);
        return List.of(boards.overview(
                "gen-ai-next",
                query("input", boards.q.sumOfRate(Instrument.GEN_AI_USAGE_INPUT_TOKENS)),
                query("output", boards.q.sumOfRate(Instrument.GEN_AI_USAGE_OUTPUT_TOKENS))));
    }

    private Dashboard overview(String name, Panel.Query... tokens) {
        String bad = q.sumOfRate(duration, "error_type!=\"\"");
        return new Dashboard(
                name,
                "GenAI overview (" + name + ")",
                duration.prometheusName() + "_count",
                MODEL,
                List.of(
                        stat("Calls", "reqps", "Operations per second", q.sumOfRate(duration)),
                        stat(
                                "Errors",
                                "percentunit",
                                "Share of operations with an error",
                                q.ratio("(" + bad + " or vector(0))", q.sumOfRate(duration))),
                        stat("Duration", "s", "Duration of operations, P95", q.quantile(.95, duration)),
                        stat("First chunk", "s", "Time to the first chunk, P95", q.quantile(.95, firstChunk)),
                        lines(
                                "Calls by model",
                                "reqps",
                                "Operations per second",
                                query("{{" + MODEL + "}}", q.sum(MODEL, q.rate(duration)))),
                        lines(
                                "Errors by type",
                                "reqps",
                                "Operations with an error per second",
                                query("{{error_type}}", q.sum("error_type", q.rate(duration, "error_type!=\"\"")))),
                        lines(
                                "Duration of operations",
                                "s",
                                "From start to end",
                                query("P50", q.quantile(.5, duration)),
                                query("P95", q.quantile(.95, duration)),
                                query("P99", q.quantile(.99, duration))),
                        lines(
                                "Time to the first chunk",
                                "s",
                                "Of streams",
                                query("P50", q.quantile(.5, firstChunk)),
                                query("P95", q.quantile(.95, firstChunk))),
                        lines("Tokens", Panel.TOKENS_PER_SECOND, "Tokens per second", tokens)));
    }
}
