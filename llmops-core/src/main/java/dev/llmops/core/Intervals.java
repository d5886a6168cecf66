package dev.llmops.core;

import dev.llmops.core.record.Timing;
import dev.llmops.core.record.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** The phases and tools of a call; guarded by the monitor of its {@link CallState}. */
final class Intervals {

    private final List<OpenInterval> phases = new ArrayList<>(4);
    private final List<OpenInterval> tools = new ArrayList<>(4);
    private int openPhases;

    /** Adds a phase that has begun; returns false if there are too many to keep it. */
    boolean addPhase(OpenInterval phase) {
        phase.depth = openPhases++;
        return add(phases, phase);
    }

    void closePhase(OpenInterval phase, long nowNanos) {
        if (phase.close(nowNanos)) {
            openPhases--;
        }
    }

    /** Adds a tool that has begun; returns false if there are too many to keep it. */
    boolean addTool(OpenInterval tool) {
        return add(tools, tool);
    }

    private static boolean add(List<OpenInterval> intervals, OpenInterval interval) {
        return intervals.size() < CallState.MAX_LIST_ENTRIES && intervals.add(interval);
    }

    List<Timing.Phase> phaseTimings(long callStartNanos, long callEndNanos) {
        return phases.stream()
                .map(phase -> new Timing.Phase(
                        phase.name, phase.startNanos - callStartNanos, phase.nanosUntil(callEndNanos), phase.depth))
                .toList();
    }

    List<ToolCall> toolCalls(long callStartNanos, long callEndNanos) {
        return tools.stream()
                .map(tool -> new ToolCall(
                        tool.name, tool.startNanos - callStartNanos, tool.nanosUntil(callEndNanos), tool.errorKind))
                .toList();
    }
}
