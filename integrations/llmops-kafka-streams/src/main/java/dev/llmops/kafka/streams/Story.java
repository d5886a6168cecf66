package dev.llmops.kafka.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The memory of a call: that it came, so that a copy is not counted, and what later events need of it. Events
 * that come before their call wait here.
 *
 * @param startedAt when the call started; null until it has come
 * @param unit the key of its unit, if it is of a release that is judged
 * @param seen ids of the later events that came
 * @param scores the earliest score of the call by objective
 * @param waiting records of events whose call has not come
 */
record Story(
        @Nullable Instant startedAt,
        @Nullable String unit,
        Set<String> seen,
        Map<String, Score> scores,
        List<Waiting> waiting) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** A score that counts until an earlier one comes. */
    record Score(Instant at, EventCounts counts) {}

    /** An event before its call. */
    record Waiting(String id, String line) {}

    static Story untold() {
        return new Story(null, null, new TreeSet<>(), new TreeMap<>(), new ArrayList<>());
    }

    Story begun(Instant started, @Nullable String unitKey) {
        return new Story(started, unitKey, seen, scores, new ArrayList<>());
    }

    static Story read(@Nullable String json) {
        return json == null ? untold() : MAPPER.readValue(json, Story.class);
    }

    String write() {
        return MAPPER.writeValueAsString(this);
    }

    /** A key below those of all calls that started at a time or later: ids of calls begin with their time. */
    static String keyAt(Instant time) {
        String hex = String.format("%012x", Math.max(0, time.toEpochMilli()));
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }
}
