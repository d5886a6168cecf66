package dev.llmops.release.evidence;

import dev.llmops.core.record.ErrorKind;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads evidence from the call log in its nested form, one JSON object a line, rotated files and all. Lines of other schemas
 * and of other releases are skipped. The log must hold every marked call: one that was sampled is refused, because errors
 * are kept and successes are not.
 *
 * @since 0.1.0
 */
public final class LogEvidence {

    private static final Set<String> HARMLESS_ERRORS = ErrorKind.standard().stream()
            .filter(kind -> !kind.countsAgainstAvailability())
            .map(ErrorKind::name)
            .collect(Collectors.toUnmodifiableSet());

    private final String changeId;
    private final CallTable table = new CallTable();

    private LogEvidence(String changeId) {
        this.changeId = changeId;
    }

    /**
     * Reads log files.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param now the instant at which calls are old enough to count or not
     * @param files the files, in any order
     * @return the evidence
     * @throws UncheckedIOException if a file cannot be read
     * @throws IllegalArgumentException if the log is sampled
     */
    public static GateEvidence read(
            String changeId, GatePolicy policy, GateProfile profile, Instant now, List<Path> files) {
        LogEvidence log = new LogEvidence(changeId);
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(log::add);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the call log " + file, e);
            }
        }
        return log.table.evidence(changeId, policy, profile, now);
    }

    private void add(String line) {
        JsonNode entry;
        try {
            entry = EvidenceJson.MAPPER.readTree(line);
        } catch (JacksonException e) {
            return; // A line that was torn by a crash, or is no entry of ours.
        }
        switch (entry.path("schema").asString("")) {
            case "llmops.call/1" -> addCall(entry);
            case "llmops.feedback/1" ->
                verdicts(entry).feedback(entry.path("verdict").asString("").equals("down"), atMillis(entry));
            case "llmops.evaluation/1" ->
                verdicts(entry)
                        .evaluation(
                                entry.path("evaluation").asString(""),
                                entry.path("score").asDouble(0),
                                atMillis(entry));
            case "llmops.refusal/1" -> verdicts(entry).refusal(atMillis(entry));
            case "llmops.risk/1" -> risks(entry).forEach(verdicts(entry)::risk);
            default -> {}
        }
    }

    private CallVerdicts verdicts(JsonNode entry) {
        return table.verdicts(entry.path("call_id").asString(""));
    }

    private static long atMillis(JsonNode entry) {
        return Instant.parse(entry.path("timestamp").asString("")).toEpochMilli();
    }

    private static Set<String> risks(JsonNode entry) {
        Set<String> types = new HashSet<>();
        entry.path("risk").values().forEach(risk -> types.add(risk.path("type").asString("")));
        return types;
    }

    private void addCall(JsonNode entry) {
        JsonNode attributes = entry.path("attributes");
        if (!changeId.equals(attributes.path(Assignment.CHANGE).asString(""))) {
            return;
        }
        double sampleRate = entry.path("sample_rate").asDouble(1);
        if (sampleRate < 1) {
            throw new IllegalArgumentException("sample_rate must be 1 for calls of a release, but was " + sampleRate
                    + " — the gate needs every call — set the sample rate of the log to 1, or read the counters");
        }
        JsonNode latency = entry.path("latency_ms");
        double total = latency.path("total").asDouble(0);
        String kind = entry.path("error").path("kind").asString("");
        table.add(new CallFacts(
                entry.path("call_id").asString(""),
                atMillis(entry) - (long) Math.floor(total),
                attributes.path(Assignment.STAGE).asString(""),
                Arm.ofLabel(attributes.path(Assignment.ARM).asString("")),
                attributes.path(Assignment.UNIT).asString(""),
                text(attributes.path(Assignment.PAIR)),
                false,
                entry.path("streaming").asBoolean(false),
                total,
                latency.path("first_token").asDouble(Double.NaN),
                entry.path("status").asString(""),
                !HARMLESS_ERRORS.contains(kind),
                entry.path("refusal").asBoolean(false),
                attributes.path(Assignment.FALLBACK).asBoolean(false),
                entry.path("cache_hit").asBoolean(false),
                cost(entry.path("cost").path("amount")),
                entry.path("tokens_in").asLong(0),
                entry.path("tokens").path("cached_input").asLong(0),
                entry.path("tokens_out").asLong(0),
                entry.path("feature").asString(""),
                entry.path("operation").asString(""),
                risks(entry)));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.asString("");
    }

    private static double cost(JsonNode amount) {
        return amount.isMissingNode() || amount.isNull() ? Double.NaN : Double.parseDouble(amount.asString("NaN"));
    }
}
