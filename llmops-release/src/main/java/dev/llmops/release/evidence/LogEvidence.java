package dev.llmops.release.evidence;

import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads evidence from the call log in its nested form, one JSON object a line, rotated files and all. Lines of other schemas
 * and of other releases are skipped. The log must hold every marked call: one that was sampled is refused, because errors
 * are kept and successes are not.
 *
 * @since 0.1.0
 */
public final class LogEvidence {

    private static final int BATCH = 8_192;

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
        reader.addAll(lines);
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
        reader.addAll(lines);
        return reader.profile(policy, cachedPriceRatio, outputPriceRatio);
    }

    private GateProfile profile(GatePolicy policy, double cachedPriceRatio, double outputPriceRatio) {
        return new ProfileMeasurement(policy, table.voters()).profile(cachedPriceRatio, outputPriceRatio);
    }

    private void addAll(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            addAll(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the call log " + file, e);
        }
    }

    /** Reads many lines at once on all processors, and adds them in their order. */
    private void addAll(Stream<String> lines) {
        List<String> batch = new ArrayList<>(BATCH);
        lines.forEach(line -> {
            batch.add(line);
            if (batch.size() == BATCH) {
                addBatch(batch);
            }
        });
        addBatch(batch);
    }

    private void addBatch(List<String> batch) {
        batch.parallelStream().map(this::read).toList().forEach(addition -> addition.accept(table));
        batch.clear();
    }

    /** Reads what a line adds to the table. */
    private Consumer<CallTable> read(String text) {
        try {
            return addition(LogLine.of(text));
        } catch (JacksonException | DateTimeException | ArithmeticException | NumberFormatException e) {
            return LogEvidence::addNothing; // A line that was torn by a crash, or is no entry of ours.
        }
    }

    private static void addNothing(CallTable table) {
        // The line is none of the release's.
    }

    private Consumer<CallTable> addition(LogLine line) {
        switch (line.schema) {
            case "llmops.call/1" -> {
                if (changeId == null ? line.change != null : !changeId.equals(line.change)) {
                    return LogEvidence::addNothing;
                }
                LogCall.requireUnsampled(line.sampleRate);
                CallFacts call = line.call(unit);
                return to -> to.add(call);
            }
            case "llmops.feedback/1" -> {
                long at = line.atMillis();
                return to -> to.verdicts(line.callId()).feedback(line.verdict.equals("down"), at);
            }
            case "llmops.evaluation/1" -> {
                long at = line.atMillis();
                return to -> to.verdicts(line.callId()).evaluation(line.evaluation, line.score, line.evaluator, at);
            }
            case "llmops.refusal/1" -> {
                long at = line.atMillis();
                return to -> to.verdicts(line.callId()).refusal(at);
            }
            case "llmops.risk/1" -> {
                return to -> line.risks.forEach(to.verdicts(line.callId())::risk);
            }
            default -> {
                return LogEvidence::addNothing;
            }
        }
    }
}
