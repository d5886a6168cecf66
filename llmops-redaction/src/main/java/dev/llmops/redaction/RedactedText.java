package dev.llmops.redaction;

import dev.llmops.core.record.Redaction;
import dev.llmops.redaction.detect.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text after redaction, with what was found in it. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RedactedText {

    /** Stands for a text that could not be judged and was therefore dropped: {@value}. */
    public static final String DROPPED = "[REDACTION_FAILED]";

    private final String text;
    private final List<Finding> findings;
    private final Redaction.Status status;

    private RedactedText(String text, List<Finding> findings, Redaction.Status status) {
        this.text = text;
        this.findings = findings;
        this.status = status;
    }

    static RedactedText clean(String text) {
        return new RedactedText(text, List.of(), Redaction.Status.CLEAN);
    }

    static RedactedText redacted(String text, List<Finding> findings) {
        return new RedactedText(text, findings, Redaction.Status.REDACTED);
    }

    static RedactedText dropped() {
        return new RedactedText(DROPPED, List.of(), Redaction.Status.DROPPED);
    }

    /**
     * Returns the redacted text.
     *
     * @return the redacted text; the original instance when nothing was found, {@link #DROPPED} when it was dropped
     */
    public String text() {
        return text;
    }

    /**
     * Returns the types and spans of the findings, without the values.
     *
     * @return spans of the <em>original</em> text in UTF-16 units, ascending, without overlap; unmodifiable
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * Returns the number of findings by type.
     *
     * @return counts by type, sorted by name, only of types that were found; unmodifiable
     */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        findings.forEach(finding -> counts.merge(finding.type(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /**
     * Returns the status of the redaction.
     *
     * @return {@code CLEAN}, {@code REDACTED} or {@code DROPPED}
     */
    public Redaction.Status status() {
        return status;
    }

    /** Returns status and counts, never the text. */
    @Override
    public String toString() {
        return "RedactedText[status=" + status + ", counts=" + counts() + "]";
    }
}
