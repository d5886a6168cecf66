package dev.llmops.release.evidence;

import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
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

    private final @Nullable String changeId;
    private final AssignmentUnit unit;
    private final CallTable table = new CallTable();

    private LogEvidence(@Nullable String changeId, AssignmentUnit unit) {
        this.changeId = changeId;
        this.unit = unit;
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
        LogEvidence reader = new LogEvidence(changeId, policy.unit());
        files.forEach(reader::addAll);
        return reader.table.evidence(changeId, policy, profile, now);
    }

    /**
     * Reads lines of the log.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param now the instant at which calls are old enough to count or not
     * @param lines the lines, in any order
     * @return the evidence
     * @throws IllegalArgumentException if the log is sampled
     */
    public static GateEvidence read(
            String changeId, GatePolicy policy, GateProfile profile, Instant now, Stream<String> lines) {
        LogEvidence reader = new LogEvidence(changeId, policy.unit());
        lines.forEach(reader::add);
        return reader.table.evidence(changeId, policy, profile, now);
    }

    /**
     * Measures a baseline from the calls that belong to no release, as a plan and the thresholds of the next one need it.
     *
     * @param policy the policy of the release to come
     * @param cachedPriceRatio price of a cached input token ÷ price of an uncached one, in (0, 1]
     * @param outputPriceRatio price of an output token ÷ price of an uncached input token, &gt; 0
     * @param files the files of the last days, in any order
     * @return the profile
     * @throws UncheckedIOException if a file cannot be read
     * @throws IllegalArgumentException if the log is sampled, or holds no call
     */
    public static GateProfile profile(
            GatePolicy policy, double cachedPriceRatio, double outputPriceRatio, List<Path> files) {
        LogEvidence reader = new LogEvidence(null, policy.unit());
        files.forEach(reader::addAll);
        return reader.profile(policy, cachedPriceRatio, outputPriceRatio);
    }

    /**
     * Measures a baseline from lines of the log.
     *
     * @param policy the policy of the release to come
     * @param cachedPriceRatio price of a cached input token ÷ price of an uncached one, in (0, 1]
     * @param outputPriceRatio price of an output token ÷ price of an uncached input token, &gt; 0
     * @param lines the lines of the last days, in any order
     * @return the profile
     * @throws IllegalArgumentException if the log is sampled, or holds no call
     */
    public static GateProfile profile(
            GatePolicy policy, double cachedPriceRatio, double outputPriceRatio, Stream<String> lines) {
        LogEvidence reader = new LogEvidence(null, policy.unit());
        lines.forEach(reader::add);
        return reader.profile(policy, cachedPriceRatio, outputPriceRatio);
    }

    private GateProfile profile(GatePolicy policy, double cachedPriceRatio, double outputPriceRatio) {
        return new ProfileMeasurement(policy, table.voters()).profile(cachedPriceRatio, outputPriceRatio);
    }

    private void addAll(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the call log " + file, e);
        }
    }

    private void add(String line) {
        JsonNode entry;
        try {
            entry = EvidenceJson.MAPPER.readTree(line);
        } catch (JacksonException e) {
            return; // A line that was torn by a crash, or is no entry of ours.
        }
        try {
            addEntry(entry);
        } catch (DateTimeException | ArithmeticException e) {
            // Nothing of ours: its timestamp is none.
        }
    }

    private void addEntry(JsonNode entry) {
        switch (entry.path("schema").asString("")) {
            case "llmops.call/1" -> addCall(entry);
            case "llmops.feedback/1" ->
                verdicts(entry).feedback(entry.path("verdict").asString("").equals("down"), LogCall.atMillis(entry));
            case "llmops.evaluation/1" ->
                verdicts(entry)
                        .evaluation(
                                entry.path("evaluation").asString(""),
                                entry.path("score").asDouble(0),
                                entry.path("evaluator").asString(""),
                                LogCall.atMillis(entry));
            case "llmops.refusal/1" -> verdicts(entry).refusal(LogCall.atMillis(entry));
            case "llmops.risk/1" -> LogCall.risks(entry).forEach(verdicts(entry)::risk);
            default -> {}
        }
    }

    private CallVerdicts verdicts(JsonNode entry) {
        return table.verdicts(entry.path("call_id").asString(""));
    }

    private void addCall(JsonNode entry) {
        JsonNode attributes = entry.path("attributes");
        boolean isOfRelease = changeId == null
                ? attributes.path(Assignment.CHANGE).isMissingNode()
                : changeId.equals(attributes.path(Assignment.CHANGE).asString(""));
        if (!isOfRelease) {
            return;
        }
        LogCall.requireUnsampled(entry.path("sample_rate").asDouble(1));
        table.add(LogCall.of(entry, unit));
    }
}
