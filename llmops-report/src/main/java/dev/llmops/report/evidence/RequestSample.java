package dev.llmops.report.evidence;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the call log once and keeps of one release the worst calls, a sample that follows from the calls' ids, and the
 * feedback. The same lines give the same sample.
 */
final class RequestSample {

    private static final int MAX_FEEDBACK = 10_000;
    private static final int REPRODUCTIONS = 5;
    private static final Comparator<Call> WORST_FIRST = Comparator.comparing(Call::isBad)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Call::millis).reversed())
            .thenComparing(Call::id);
    private static final Comparator<Call> BY_HASH =
            Comparator.comparingInt(Call::hash).thenComparing(Call::id);

    private final String changeId;
    private final int half;
    private final PriorityQueue<Call> worst = new PriorityQueue<>(WORST_FIRST.reversed());
    private final PriorityQueue<Call> typical = new PriorityQueue<>(BY_HASH.reversed());
    private final Set<String> calls = new HashSet<>();
    private final List<JsonNode> feedback = new ArrayList<>();
    private final Map<String, Instant> risks = new TreeMap<>();
    private final Map<Boolean, VersionSet> versions = new TreeMap<>();
    private long unreadable;
    private long feedbackLeftOut;

    RequestSample(String changeId, int limit) {
        this.changeId = changeId;
        this.half = Math.max(1, limit / 2);
    }

    private record Call(String id, boolean isBad, double millis, Arm arm, JsonNode line) {

        /** Spreads ids of any form over all bits. */
        int hash() {
            int hash = id.hashCode() * 0x9E3779B9;
            return (hash ^ hash >>> 15) * 0x85EBCA6B;
        }
    }

    void read(Stream<String> lines) {
        lines.forEach(this::add);
    }

    private void add(String text) {
        if (text.isBlank()) {
            return;
        }
        JsonNode line;
        try {
            line = Canonical.MAPPER.readTree(text);
        } catch (JacksonException e) {
            unreadable++;
            return;
        }
        switch (line.path("schema").asString("")) {
            case "llmops.call/1" -> addCall(line);
            case "llmops.feedback/1" -> addFeedback(line);
            case "llmops.risk/1" -> addRisks(line);
            default -> {}
        }
    }

    private void addCall(JsonNode line) {
        JsonNode attributes = line.path("attributes");
        if (!changeId.equals(attributes.path(Assignment.CHANGE).asString(""))) {
            return;
        }
        String id = line.path("call_id").asString("");
        calls.add(id);
        Arm arm = Arm.ofLabel(attributes.path(Assignment.ARM).asString(Arm.BASELINE.label()));
        boolean isBad = !line.path("status").asString("").equals("success")
                || line.path("refusal").asBoolean(false)
                || !line.path("risk").isEmpty();
        Call call = new Call(id, isBad, line.path("latency_ms").path("total").asDouble(0), arm, line);
        if (!versions.containsKey(arm.isCandidateVersion())) {
            versions.put(arm.isCandidateVersion(), versionSet(line.path("version_set")));
        }
        keep(worst, call);
        keep(typical, call);
        addRisks(line);
    }

    private static VersionSet versionSet(JsonNode fields) {
        Map<String, String> parts = new TreeMap<>();
        fields.properties().stream()
                .filter(entry -> !entry.getKey().equals("id"))
                .forEach(entry -> parts.put(entry.getKey(), entry.getValue().asString()));
        return VersionSet.of(parts);
    }

    private void keep(PriorityQueue<Call> kept, Call call) {
        kept.add(call);
        if (kept.size() > half) {
            kept.poll();
        }
    }

    private void addFeedback(JsonNode line) {
        if (!calls.contains(line.path("call_id").asString(""))) {
            return;
        }
        if (feedback.size() < MAX_FEEDBACK) {
            feedback.add(line);
        } else {
            feedbackLeftOut++;
        }
    }

    private void addRisks(JsonNode line) {
        if (calls.contains(line.path("call_id").asString(""))) {
            Instant at = Instant.parse(line.path("timestamp").asString());
            line.path("risk")
                    .values()
                    .forEach(risk -> risks.merge(risk.path("type").asString(""), at, (a, b) -> a.isBefore(b) ? a : b));
        }
    }

    /** The version set of the first call of the candidate, or of another arm. */
    VersionSet versions(boolean ofCandidate) {
        return versions.getOrDefault(ofCandidate, VersionSet.empty());
    }

    /** The kept calls, by id. */
    List<JsonNode> requests() {
        Map<String, JsonNode> kept = new TreeMap<>();
        worst.forEach(call -> kept.put(call.id(), call.line()));
        typical.forEach(call -> kept.put(call.id(), call.line()));
        return List.copyOf(kept.values());
    }

    /** The worst calls of the candidate, the worst first. */
    List<JsonNode> reproductions() {
        return worst.stream()
                .filter(call -> call.isBad() && call.arm().isCandidateVersion())
                .sorted(WORST_FIRST)
                .limit(REPRODUCTIONS)
                .map(Call::line)
                .toList();
    }

    List<JsonNode> feedback() {
        return feedback;
    }

    /** Feedback by verdict. */
    Map<String, Long> verdicts() {
        Map<String, Long> counts = new TreeMap<>();
        feedback.forEach(line -> counts.merge(line.path("verdict").asString("none"), 1L, Long::sum));
        return counts;
    }

    void mark(Timeline timeline) {
        risks.forEach((type, at) -> timeline.sign(at, "risk", "first " + type));
    }

    Map<String, @Nullable Object> counts() {
        Map<String, @Nullable Object> counts = new TreeMap<>();
        counts.put("calls", calls.size());
        counts.put("calls_kept", requests().size());
        counts.put("feedback", feedback.size() + feedbackLeftOut);
        counts.put("feedback_kept", feedback.size());
        counts.put("unreadable_lines", unreadable);
        return counts;
    }
}
