package dev.llmops.report.evidence;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.LogEvidence;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/**
 * Keeps of one release's log what a pack shows: the worst calls, a sample that follows from the calls' ids, feedback, and when a risk
 * was first seen. It watches the reading of {@link LogEvidence}, so that a log is read once. The same lines give the same sample in
 * any order; memory is bounded: 262,144 calls of the release are remembered for their feedback, and 32,768 pieces of feedback of all
 * calls. Thread-safe.
 */
final class RequestSample implements LogEvidence.Watcher {

    private static final int MAX_CALLS = 1 << 18;
    private static final int MAX_EVENTS = 1 << 15;
    private static final int REPRODUCTIONS = 5;
    private static final Comparator<Call> WORST_FIRST = Comparator.comparing(Call::isBad)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Call::millis).reversed())
            .thenComparing(Call::id);
    private static final Comparator<Call> BY_HASH =
            Comparator.comparingLong(Call::hash).thenComparing(Call::id);

    private final int half;

    // Guarded by this.
    private final TreeSet<Call> worst = new TreeSet<>(WORST_FIRST);
    private final TreeSet<Call> typical = new TreeSet<>(BY_HASH);
    private final JoinedEvents joined = new JoinedEvents(MAX_CALLS, MAX_EVENTS);
    private final Map<String, Instant> risks = new TreeMap<>();
    private final Map<Boolean, Call> first = new TreeMap<>();
    private long calls;

    /**
     * Keeps requests of a release.
     *
     * @param maxRequests how many requests are kept at most, ≥ 2
     */
    RequestSample(int maxRequests) {
        this.half = Math.max(1, maxRequests / 2);
    }

    private record Call(String id, long hash, long place, boolean isBad, double millis, Arm arm, String text) {

        JsonNode line() {
            return parsed(text);
        }
    }

    /** Reads the entry of a line, and not what follows it. */
    private static JsonNode parsed(String text) {
        return Canonical.MAPPER
                .reader()
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(text);
    }

    /** Spreads ids of any form over all bits. */
    private static long hash(String id) {
        long hash = 0;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        return hash ^ hash >>> 29;
    }

    @Override
    public synchronized void call(LogEvidence.Line line, Arm arm, boolean isBad, double durationMillis) {
        calls++;
        long hash = hash(line.callId());
        joined.addCall(hash);
        see(line.risks(), line.atMillis());
        Call call = new Call(line.callId(), hash, line.place(), isBad, durationMillis, arm, "");
        Call earliest = first.get(arm.isCandidateVersion());
        boolean isFirst = earliest == null || call.place() < earliest.place();
        boolean isKept = isWithin(worst, call) || isWithin(typical, call);
        if (isFirst || isKept) {
            String text = line.text().get();
            Call whole = new Call(call.id(), hash, call.place(), isBad, durationMillis, arm, text);
            keep(worst, whole);
            keep(typical, whole);
            first.merge(arm.isCandidateVersion(), whole, (a, b) -> a.place() <= b.place() ? a : b);
        }
    }

    private boolean isWithin(NavigableSet<Call> kept, Call call) {
        return kept.size() < half || kept.higher(call) != null;
    }

    private void keep(NavigableSet<Call> kept, Call call) {
        kept.add(call);
        if (kept.size() > half) {
            kept.pollLast();
        }
    }

    @Override
    public synchronized void event(LogEvidence.Line line) {
        long hash = hash(line.callId());
        boolean isFeedback = line.schema().equals("llmops.feedback/1");
        if ((isFeedback || !line.risks().isEmpty()) && joined.keeps(hash)) {
            String text = isFeedback ? line.text().get() : "";
            joined.addEvent(hash, new JoinedEvents.Event(line.place(), line.atMillis(), line.risks(), text));
        }
    }

    private void see(Set<String> types, long atMillis) {
        for (String type : types) {
            risks.merge(type, Instant.ofEpochMilli(atMillis), (a, b) -> a.isBefore(b) ? a : b);
        }
    }

    /** The version set of the first call of the candidate, or of another arm. */
    synchronized VersionSet versions(boolean ofCandidate) {
        Call call = first.get(ofCandidate);
        if (call == null) {
            return VersionSet.empty();
        }
        Map<String, String> parts = new TreeMap<>();
        call.line().path("version_set").properties().stream()
                .filter(entry -> !entry.getKey().equals("id"))
                .forEach(entry -> parts.put(entry.getKey(), entry.getValue().asString()));
        return VersionSet.of(parts);
    }

    /** The kept calls, by id. */
    synchronized List<JsonNode> requests() {
        Map<String, JsonNode> kept = new TreeMap<>();
        worst.forEach(call -> kept.put(call.id(), call.line()));
        typical.forEach(call -> kept.put(call.id(), call.line()));
        return List.copyOf(kept.values());
    }

    /** The worst calls of the candidate, the worst first. */
    synchronized List<JsonNode> reproductions() {
        return worst.stream()
                .filter(call -> call.isBad() && call.arm().isCandidateVersion())
                .limit(REPRODUCTIONS)
                .map(Call::line)
                .toList();
    }

    /** Feedback on calls of the release. */
    synchronized List<JsonNode> feedback() {
        return joined.joined().stream()
                .filter(event -> !event.text().isEmpty())
                .map(event -> parsed(event.text()))
                .toList();
    }

    /** Feedback by verdict. */
    Map<String, Long> verdicts() {
        Map<String, Long> counts = new TreeMap<>();
        feedback().forEach(line -> counts.merge(line.path("verdict").asString("none"), 1L, Long::sum));
        return counts;
    }

    synchronized void mark(Timeline timeline) {
        joined.joined().forEach(event -> see(event.risks(), event.atMillis()));
        risks.forEach((type, at) -> timeline.sign(at, "risk", "first " + type));
    }

    synchronized Map<String, @Nullable Object> counts() {
        Map<String, @Nullable Object> counts = new TreeMap<>();
        counts.put("calls", calls);
        counts.put("calls_kept", requests().size());
        counts.put("feedback_kept", feedback().size());
        counts.put("calls_with_feedback_kept_ratio", joined.keptRatio());
        return counts;
    }
}
