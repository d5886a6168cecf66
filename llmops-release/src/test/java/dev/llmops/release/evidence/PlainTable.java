package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.policy.GatePolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a log says of a release, read into trees and kept in maps: slow, large and plain, to compare with. */
final class PlainTable {

    private final String change;
    private final AssignmentUnit unit;
    private final Map<String, CallFacts> calls = new TreeMap<>();
    private final Map<String, CallVerdicts> verdicts = new HashMap<>();
    private long unreadable;

    PlainTable(String change, AssignmentUnit unit) {
        this.change = change;
        this.unit = unit;
    }

    GateEvidence evidence(List<String> lines, GatePolicy policy, GateProfile profile, Instant now) {
        lines.forEach(this::add);
        Map<String, String> first = new HashMap<>();
        calls.values().forEach(call -> first.merge(voter(call), call.callId(), (a, b) -> a.compareTo(b) <= 0 ? a : b));
        PairingFold fold = new PairingFold(new EvidenceFold(policy, profile, now));
        calls.values().stream()
                .sorted(Comparator.comparing(call -> call.arm() == Arm.SHADOW))
                .forEach(call -> fold.add(
                        call,
                        verdicts.getOrDefault(call.callId(), new CallVerdicts()),
                        call.callId().equals(first.get(voter(call)))));
        if (unreadable > 0) {
            fold.leaveOut("on lines that cannot be read");
        }
        GateEvidence evidence = fold.evidence(change);
        return unreadable == 0
                ? evidence
                : evidence.plus(
                        GateEvidence.of(change, Map.of(), Map.of("on lines that cannot be read", unreadable - 1)));
    }

    private static String voter(CallFacts call) {
        return (call.arm() == Arm.SHADOW) + "/" + call.stage() + "/" + call.unit();
    }

    private void add(String text) {
        if (text.isBlank()) {
            return;
        }
        try {
            String entry = text.strip();
            entry = entry.endsWith(" and more") ? entry.substring(0, entry.length() - " and more".length()) : entry;
            JsonNode line = EvidenceJson.MAPPER.readTree(entry);
            if (line.isObject()) {
                add(line);
            } else {
                unreadable++;
            }
        } catch (JacksonException e) {
            unreadable++;
        }
    }

    private void add(JsonNode line) {
        String id = line.path("call_id").asString("");
        CallVerdicts said = verdicts.computeIfAbsent(id, any -> new CallVerdicts());
        long at = Instant.parse(line.path("timestamp").asString("").replace("+00:00", "Z"))
                .toEpochMilli();
        switch (line.path("schema").asString("")) {
            case "llmops.call/1" -> {
                if (change.equals(
                        line.path("attributes").path(Assignment.CHANGE).asString(""))) {
                    calls.put(id, call(line, at));
                }
            }
            case "llmops.feedback/1" ->
                said.feedback(line.path("verdict").asString("").equals("down"), at);
            case "llmops.refusal/1" -> said.refusal(at);
            case "llmops.evaluation/1" ->
                said.evaluation(
                        line.path("evaluation").asString(""),
                        line.path("score").asDouble(0),
                        line.path("evaluator").asString(""),
                        at);
            case "llmops.risk/1" -> risks(line).forEach(said::risk);
            default -> {}
        }
    }

    private static Set<String> risks(JsonNode line) {
        Set<String> risks = new HashSet<>();
        line.path("risk").values().forEach(risk -> risks.add(risk.path("type").asString("")));
        return risks;
    }

    private CallFacts call(JsonNode line, long at) {
        JsonNode marks = line.path("attributes");
        JsonNode latency = line.path("latency_ms");
        JsonNode amount = line.path("cost").path("amount");
        String named = line.path(
                        switch (unit) {
                            case REQUEST -> "request_id";
                            case CONVERSATION -> "conversation_id";
                            case USER -> "user_id";
                            case TENANT -> "tenant";
                        })
                .asString(line.path("call_id").asString(""));
        double total = latency.path("total").asDouble(0);
        return new CallFacts(
                line.path("call_id").asString(""),
                at - (long) Math.floor(total),
                marks.path(Assignment.STAGE).asString(""),
                Arm.ofLabel(marks.path(Assignment.ARM).asString("")),
                marks.path(Assignment.UNIT).asString(named),
                marks.has(Assignment.PAIR) ? marks.path(Assignment.PAIR).asString("") : null,
                false,
                line.path("streaming").asBoolean(false),
                total,
                latency.path("first_token").asDouble(Double.NaN),
                line.path("status").asString(""),
                !LogCall.HARMLESS_ERRORS.contains(
                        line.path("error").path("kind").asString("")),
                line.path("refusal").asBoolean(false),
                marks.path(Assignment.FALLBACK).asBoolean(false),
                line.path("cache_hit").asBoolean(false),
                amount.isMissingNode() ? Double.NaN : Double.parseDouble(amount.asString("")),
                line.path("tokens_in").asLong(0),
                line.path("tokens").path("cached_input").asLong(0),
                line.path("tokens_out").asLong(0),
                line.path("feature").asString(""),
                line.path("operation").asString(""),
                risks(line));
    }
}
