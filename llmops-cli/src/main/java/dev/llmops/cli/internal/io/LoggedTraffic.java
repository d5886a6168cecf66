package dev.llmops.cli.internal.io;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls and later events, read back from the call log.
 *
 * @param calls calls that ended
 * @param events feedback and evaluations of these calls
 * @param unreadable lines that are no record
 * @since 0.1.0
 */
public record LoggedTraffic(List<CallRecord> calls, List<LlmEvent> events, long unreadable) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * Reads the whole log into memory.
     *
     * @param lines lines of the log, oldest first
     * @return the traffic
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
                line -> {
                    CallInfo call =
                            known.get(UUID.fromString(line.path("call_id").asString()));
                    LlmEvent event = call == null ? null : event(line, call);
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
     */
    public static long forEachCall(Stream<String> lines, Consumer<CallRecord> calls) {
        return read(lines, calls, line -> {});
    }

    private static long read(Stream<String> lines, Consumer<CallRecord> calls, Consumer<JsonNode> later) {
        CallReader reader = new CallReader();
        long[] unreadable = new long[1];
        lines.filter(line -> !line.isBlank()).forEach(text -> {
            try {
                JsonNode line = MAPPER.readTree(text);
                if (line.path("schema").asString("").equals("llmops.call/1")) {
                    calls.accept(reader.read(line));
                } else if (line.has("evaluation") || line.has("verdict")) {
                    later.accept(line);
                }
            } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
                unreadable[0]++;
            }
        });
        return unreadable[0];
    }

    private static @Nullable LlmEvent event(JsonNode line, CallInfo call) {
        Instant at = Instant.parse(line.path("timestamp").asString());
        if (line.has("evaluation")) {
            String name = line.path("evaluation").asString();
            return new LlmEvent.Evaluation(call, at, name, line.path("score").asDouble(Double.NaN), null, null);
        }
        String verdict = line.path("verdict").asString().toUpperCase(Locale.ROOT);
        return new LlmEvent.Feedback(call, at, LlmEvent.Verdict.valueOf(verdict), null);
    }
}
