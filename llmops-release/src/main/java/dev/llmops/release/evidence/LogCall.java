package dev.llmops.release.evidence;

import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for the calls of every log, whether it is read as lines or asked as a table. */
final class LogCall {

    static final Set<String> HARMLESS_ERRORS = ErrorKind.standard().stream()
            .filter(kind -> !kind.countsAgainstAvailability())
            .map(ErrorKind::name)
            .collect(Collectors.toUnmodifiableSet());

    /** The words of all outcomes. */
    static final Set<String> STATUSES =
            Arrays.stream(Outcome.values()).map(Outcome::status).collect(Collectors.toUnmodifiableSet());

    private LogCall() {}

    static GateEvidence withUnreadable(long lines, GateEvidence read) {
        return lines == 0
                ? read
                : read.plus(GateEvidence.of(read.changeId(), Map.of(), Map.of(LogEvidence.UNREADABLE, lines)));
    }

    static void requireUnsampled(double sampleRate) {
        if (sampleRate < 1) {
            throw new IllegalArgumentException("calls of the release were sampled (sample_rate " + sampleRate
                    + ") — the gate needs every call — set the sample rate of the log to 1, or read the counters");
        }
    }
}
