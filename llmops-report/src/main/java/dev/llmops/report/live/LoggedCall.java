package dev.llmops.report.live;

import java.util.Map;

/** A record of the call log, of which anything may be missing. */
record LoggedCall(Map<String, Object> fields) {

    private static final int TIME_FROM = "2026-11-28T".length();
    private static final int TIME_TO = "2026-11-28T20:00:00".length();

    /** Returns a text, or the empty text. */
    String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /** Returns the members of an object, none if it is missing. */
    Map<?, ?> object(String name) {
        return fields.get(name) instanceof Map<?, ?> members ? members : Map.of();
    }

    boolean has(String phase) {
        return object("latency_ms").get(phase) instanceof Number;
    }

    /** Returns the time of a part of the call; 0 if it is missing. */
    double millis(String part) {
        return object("latency_ms").get(part) instanceof Number millis ? millis.doubleValue() : 0;
    }

    /** Returns the time of day. */
    String time() {
        String timestamp = text("timestamp");
        return timestamp.length() < TIME_TO ? timestamp : timestamp.substring(TIME_FROM, TIME_TO);
    }
}
