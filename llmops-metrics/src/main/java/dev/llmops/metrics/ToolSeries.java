package dev.llmops.metrics;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ToolCall;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend.Adder;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.Memo;
import org.jspecify.annotations.Nullable;

/** The tools that ran within calls. */
final class ToolSeries {

    private final Limits limits;
    private final Memo<String, OneTool> tools;

    ToolSeries(TargetMeters meters) {
        limits = meters.limits();
        tools = new Memo<>(tool -> new OneTool(
                meters.counter(Instrument.TOOL_CALLS, tool, LabelValues.ofTool(true)),
                meters.counter(Instrument.TOOL_CALLS, tool, LabelValues.ofTool(false)),
                meters.timer(Instrument.TOOL_LATENCY, tool, LabelValues.ofTool(true)),
                meters.timer(Instrument.TOOL_LATENCY, tool, LabelValues.ofTool(false))));
    }

    private record OneTool(Adder successes, Adder errors, TimeRecorder successLatency, TimeRecorder errorLatency) {}

    void record(CallRecord call, @Nullable Trace trace) {
        for (ToolCall toolCall : call.toolCalls()) {
            OneTool tool = tools.get(limits.limit("tool", toolCall.name()));
            (toolCall.isSuccess() ? tool.successes : tool.errors).add(1);
            (toolCall.isSuccess() ? tool.successLatency : tool.errorLatency).record(toolCall.durationNanos(), trace);
        }
    }
}
