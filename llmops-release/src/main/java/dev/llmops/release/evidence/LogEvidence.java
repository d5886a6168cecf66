package dev.llmops.release.evidence;

import dev.llmops.release.policy.GatePolicy;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Reads evidence from the call log in its nested form, one JSON object a line, rotated files and all. Lines of other schemas
 * and of other releases are skipped. The log must hold every marked call: one that was sampled is refused, because errors
 * are kept and successes are not.
 *
 * @since 0.1.0
 */
public final class LogEvidence {

    private static final String UNREADABLE = "on lines that cannot be read";

    private LogEvidence() {}

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
        return read(changeId, policy, profile, now, table -> LogEntries.read(files, changeId, policy.unit(), table));
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
        return read(changeId, policy, profile, now, table -> LogEntries.read(lines, changeId, policy.unit(), table));
    }

    /**
     * Reads lines of the log as bytes, on all processors and in bounded memory: beyond the first hundred thousand calls of
     * the release, facts of them go to a temporary file.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param now the instant at which calls are old enough to count or not
     * @param lines the lines, in any order, in UTF-8; not closed
     * @return the evidence
     * @throws UncheckedIOException if the lines cannot be read, or the temporary file cannot be written
     * @throws IllegalArgumentException if the log is sampled
     */
    public static GateEvidence read(
            String changeId, GatePolicy policy, GateProfile profile, Instant now, InputStream lines) {
        return read(changeId, policy, profile, now, table -> LogEntries.read(lines, changeId, policy.unit(), table));
    }

    private static GateEvidence read(
            String changeId, GatePolicy policy, GateProfile profile, Instant now, ToLongFunction<CallTable> entries) {
        try (CallTable table = new CallTable()) {
            long unreadable = entries.applyAsLong(table);
            GateEvidence read = table.evidence(changeId, policy, profile, now);
            return unreadable == 0
                    ? read
                    : read.plus(GateEvidence.of(changeId, Map.of(), Map.of(UNREADABLE, unreadable)));
        }
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
        return profile(
                policy,
                cachedPriceRatio,
                outputPriceRatio,
                table -> LogEntries.read(files, null, policy.unit(), table));
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
        return profile(
                policy,
                cachedPriceRatio,
                outputPriceRatio,
                table -> LogEntries.read(lines, null, policy.unit(), table));
    }

    /**
     * Measures a baseline from lines of the log as bytes. One call of each unit is held in memory.
     *
     * @param policy the policy of the release to come
     * @param cachedPriceRatio price of a cached input token ÷ price of an uncached one, in (0, 1]
     * @param outputPriceRatio price of an output token ÷ price of an uncached input token, &gt; 0
     * @param lines the lines of the last days, in any order, in UTF-8; not closed
     * @return the profile
     * @throws UncheckedIOException if the lines cannot be read
     * @throws IllegalArgumentException if the log is sampled, or holds no call
     */
    public static GateProfile profile(
            GatePolicy policy, double cachedPriceRatio, double outputPriceRatio, InputStream lines) {
        return profile(
                policy,
                cachedPriceRatio,
                outputPriceRatio,
                table -> LogEntries.read(lines, null, policy.unit(), table));
    }

    private static GateProfile profile(
            GatePolicy policy, double cachedPriceRatio, double outputPriceRatio, ToLongFunction<CallTable> entries) {
        try (CallTable table = new CallTable()) {
            var unusedUnreadable = entries.applyAsLong(table);
            return new ProfileMeasurement(policy, table.voters()).profile(cachedPriceRatio, outputPriceRatio);
        }
    }
}
