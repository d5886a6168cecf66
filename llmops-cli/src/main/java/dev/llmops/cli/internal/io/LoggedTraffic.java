package dev.llmops.cli.internal.io;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.logging.read.LoggedRecord;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Calls and later events, read back from the call log.
 *
 * @param calls calls that ended
 * @param events what happened to these calls later
 * @param unreadable lines that are no record
 * @since 0.1.0
 */
public record LoggedTraffic(List<CallRecord> calls, List<LlmEvent> events, long unreadable) {

    /**
     * Reads the whole log into memory.
     *
     * @param lines lines of the log, oldest first
     * @return the traffic
     * @throws IllegalArgumentException if the log is sampled
     */
    public static LoggedTraffic of(Stream<String> lines) {
        List<CallRecord> calls = new ArrayList<>();
        List<LlmEvent> events = new ArrayList<>();
        Map<UUID, CallInfo> known = new HashMap<>();
        long unreadable = read(
                lines,
                call -> {
                    calls.add(call);
                    known.put(call.info().callId(), call.info());
                },
                later -> {
                    CallInfo call = known.get(UUID.fromString(later.callId()));
                    LlmEvent event = call == null ? null : later.event(call);
                    if (event != null) {
                        events.add(event);
                    }
                });
        return new LoggedTraffic(List.copyOf(calls), List.copyOf(events), unreadable);
    }

    /**
     * Reads the calls of a log one by one.
     *
     * @param lines lines of the log
     * @param calls takes each call
     * @return the number of lines that are no record
     * @throws IllegalArgumentException if the log is sampled
     */
    public static long forEachCall(Stream<String> lines, Consumer<CallRecord> calls) {
        return read(lines, calls, later -> {});
    }

    private static long read(Stream<String> lines, Consumer<CallRecord> calls, Consumer<LoggedRecord> later) {
        long[] unreadable = new long[1];
        lines.filter(line -> !line.isBlank()).forEach(text -> {
            double sampleRate = 1;
            try {
                LoggedRecord record = LoggedRecord.of(text);
                sampleRate = record.sampleRate();
                if (record.isCall()) {
                    calls.accept(record.call());
                } else {
                    later.accept(record);
                }
            } catch (DateTimeException | IllegalArgumentException e) {
                unreadable[0]++;
            }
            if (sampleRate < 1) {
                throw new IllegalArgumentException("the log is sampled (sample_rate " + sampleRate
                        + ") — a sampled log keeps failures and drops successes — log every call");
            }
        });
        return unreadable[0];
    }
}
