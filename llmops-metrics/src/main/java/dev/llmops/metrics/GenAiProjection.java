package dev.llmops.metrics;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.ToolCall;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.Layout;
import dev.llmops.metrics.internal.Memo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows records in the profiles {@code gen_ai} and {@code gen_ai_next}. */
final class GenAiProjection {

    private final Limits limits;
    private final boolean current;
    private final boolean next;
    private final Memo<GenAiAttributes, GenAiSeries> currentSeries;
    private final Memo<GenAiAttributes, GenAiNextSeries> nextSeries;
    private final Memo<List<String>, TimeRecorder> otherOperations;
    private final Memo<List<String>, TimeRecorder> tools;

    GenAiProjection(Backend backend, Limits limits, Layout layout) {
        this.limits = limits;
        current = layout.has(Profile.GEN_AI);
        next = layout.has(Profile.GEN_AI_NEXT);
        currentSeries = new Memo<>(attributes -> new GenAiSeries(backend, attributes));
        nextSeries = new Memo<>(attributes -> new GenAiNextSeries(backend, attributes));
        otherOperations = new Memo<>(labels -> backend.timer(Instrument.GEN_AI_OPERATION_DURATION, labels));
        tools = new Memo<>(labels -> backend.timer(Instrument.GEN_AI_EXECUTE_TOOL_DURATION, labels));
    }

    void record(CallRecord call, @Nullable Trace trace) {
        if (!current && !next) {
            return;
        }
        GenAiAttributes attributes = GenAiAttributes.of(call, limits);
        String errorType = GenAiAttributes.errorType(call, limits);
        if (current) {
            currentSeries.get(attributes).record(call, errorType, trace);
        }
        if (next) {
            recordNext(call, attributes, errorType, trace);
        }
    }

    private void recordNext(CallRecord call, GenAiAttributes attributes, String errorType, @Nullable Trace trace) {
        if (GenAiNextSeries.isInference(call)) {
            nextSeries.get(attributes).record(call, errorType, trace);
        } else if (!current) {
            // The one metric that both profiles have; it must not count a call twice.
            otherOperations.get(attributes.with(errorType)).record(call.timing().durationNanos(), trace);
        }
        for (ToolCall tool : call.toolCalls()) {
            ErrorKind error = tool.errorKind();
            List<String> labels = List.of(
                    limits.limit("tool", tool.name()),
                    limits.limitOrAbsent("error_type", error == null ? null : error.name()));
            tools.get(labels).record(tool.durationNanos(), trace);
        }
    }
}
