package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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

    /** The reason under which lines that cannot be read stand in {@link GateEvidence#notCounted()}: {@value}. */
    public static final String UNREADABLE = "on lines that cannot be read";

    private LogEvidence() {}

    /**
     * A line of the log that can be read.
     *
     * @param schema the kind of record, as {@code llmops.feedback/1}
     * @param callId the call that it is of
     * @param place where it stands in the log; later lines have higher places
     * @param atMillis its time, in milliseconds since 1970
     * @param risks the types of the risks that it tells of
     * @param text gives the line as it stands in the log, as long as the watcher is called
     */
    public record Line(
            String schema, String callId, long place, long atMillis, Set<String> risks, Supplier<String> text) {}

    /** Sees the lines of a release as evidence is read from them. Several threads may call it at once. */
    public interface Watcher {

        /**
         * Sees a call of the release.
         *
         * @param line its line
         * @param arm the arm that answered
         * @param isBad true if it did not complete, was a refusal or had a risk
         * @param durationMillis how long it took
         */
        void call(Line line, Arm arm, boolean isBad, double durationMillis);

        /**
         * Sees what was said of a call after its end: feedback, an evaluation, a refusal or a risk.
         *
         * @param line its line; the call may be of another release, and may come later
         */
        void event(Line line);
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
        return read(
                changeId, policy, profile, now, table -> LogEntries.read(lines, changeId, policy.unit(), table, null));
    }

    /**
     * Does the same, and shows the lines of the release to a watcher, so that a log need not be read twice.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param now the instant at which calls are old enough to count or not
     * @param lines the lines, in any order, in UTF-8; not closed
     * @param watcher sees each line that can be read
     * @return the evidence
     * @throws UncheckedIOException if the lines cannot be read, or the temporary file cannot be written
     * @throws IllegalArgumentException if the log is sampled
     */
    public static GateEvidence read(
            String changeId, GatePolicy policy, GateProfile profile, Instant now, InputStream lines, Watcher watcher) {
        return read(
                changeId,
                policy,
                profile,
                now,
                table -> LogEntries.read(lines, changeId, policy.unit(), table, watcher));
    }

    /**
     * Shows the lines of a release without evidence, as where that comes from live calls. The log may be sampled.
     *
     * @param changeId the release
     * @param lines the lines, in any order
     * @param watcher sees each line that can be read
     */
    public static void show(String changeId, Stream<String> lines, Watcher watcher) {
        LogEntries.show(lines, changeId, watcher);
    }

    private static GateEvidence read(
            String changeId, GatePolicy policy, GateProfile profile, Instant now, ToLongFunction<CallTable> entries) {
        try (CallTable table = new CallTable()) {
            long unreadable = entries.applyAsLong(table);
            return LogCall.withUnreadable(unreadable, table.evidence(changeId, policy, profile, now));
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
     * Measures a baseline from lines of the log as bytes, in bounded memory. Rates and traffic are counted from all units, and from
     * 100,000 units on quantiles, means and deviations come from 100,000 of them, which follow from their ids: a P95 is then the P94.8
     * to P95.2 of all, and a mean is off by a hundredth of the deviation at most, both in 99.7 % of logs.
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
                table -> LogEntries.read(lines, null, policy.unit(), table, null));
    }

    private static GateProfile profile(
            GatePolicy policy, double cachedPriceRatio, double outputPriceRatio, ToLongFunction<CallTable> entries) {
        try (CallTable table = new CallTable()) {
            long unreadable = entries.applyAsLong(table);
            ProfileMeasurement measurement = new ProfileMeasurement(policy);
            table.measure(measurement);
            return measurement.profile(cachedPriceRatio, outputPriceRatio, unreadable);
        }
    }
}
