package dev.llmops.samples.gateway.views;

import dev.llmops.core.TraceIds;
import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the latest entries of the call log in memory, to be found by their trace. Since these are the very entries that
 * are logged, both say the same. Thread-safe.
 */
public final class TraceRing implements LogSink {

    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_CHARACTERS = 16L * 1024 * 1024;

    private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};

    private final int maxEntries;
    private final long maxCharacters;
    private final Deque<Kept> entries = new ArrayDeque<>();
    private long characters;

    /**
     * An entry of the call log.
     *
     * @param w3cTraceId the id by which OpenTelemetry knows its trace
     * @param traceId the id by which people do
     * @param isCall true for the record of a call, false for what came later
     * @param json the entry as it was logged
     */
    record Kept(String w3cTraceId, String traceId, boolean isCall, String json) {}

    /**
     * The calls of a trace, oldest first.
     *
     * @param traceId the id by which people know it
     * @param calls the records of its calls
     * @param events the records of what came later
     */
    public record Trace(String traceId, List<Map<String, Object>> calls, List<Map<String, Object>> events) {}

    public TraceRing() {
        this(MAX_ENTRIES, MAX_CHARACTERS);
    }

    public TraceRing(int maxEntries, long maxCharacters) {
        this.maxEntries = maxEntries;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public void write(LogEntry entry) {
        if (entry.fields().get("trace_id") instanceof String traceId) {
            keep(new Kept(TraceIds.toW3c(traceId), traceId, entry.isCall(), entry.json()));
        }
    }

    private synchronized void keep(Kept entry) {
        entries.addLast(entry);
        characters += entry.json.length();
        while (entries.size() > maxEntries || characters > maxCharacters) {
            characters -= entries.removeFirst().json.length();
        }
    }

    /**
     * The entries of a trace, oldest first.
     *
     * @param traceId as it is shown, or the W3C id that is derived from it
     * @return none for a trace that is not known, or not any more
     */
    List<Kept> find(String traceId) {
        String asked = TraceIds.toW3c(traceId);
        return snapshot().stream().filter(each -> each.w3cTraceId.equals(asked)).toList();
    }

    /**
     * Returns a trace.
     *
     * @param traceId as it is shown, or the W3C id that is derived from it
     * @return empty for a trace that is not known, or not any more
     */
    public Optional<Trace> trace(String traceId) {
        List<Kept> found = find(traceId);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Trace(found.get(0).traceId, records(found, true), records(found, false)));
    }

    /** Returns all entries as they were logged, oldest first. */
    public Stream<String> lines() {
        return snapshot().stream().map(Kept::json);
    }

    private static List<Map<String, Object>> records(List<Kept> found, boolean calls) {
        return found.stream()
                .filter(each -> each.isCall == calls)
                .map(each -> JsonMapper.shared().readValue(each.json, RECORD))
                .toList();
    }

    private synchronized List<Kept> snapshot() {
        return List.copyOf(entries);
    }
}
