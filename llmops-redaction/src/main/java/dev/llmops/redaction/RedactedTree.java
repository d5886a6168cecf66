package dev.llmops.redaction;

import dev.llmops.core.record.Redaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tree of maps and lists after redaction. Immutable and thread-safe.
 *
 * @param value a copy of the tree: unmodifiable maps and lists, with strings in place of what was replaced; null for null
 * @param anonymizedFields paths of the fields that changed, such as {@code messages[2].content}, in order; keys in them
 *     are redacted too
 * @param counts how many findings there were, by type
 * @param status how far redaction got; {@code DROPPED} when any field could not be judged
 * @since 0.1.0
 */
public record RedactedTree(
        @Nullable Object value, List<String> anonymizedFields, Map<String, Integer> counts, Redaction.Status status) {

    /**
     * Copies the collections of paths and counts.
     *
     * @param value see above
     * @param anonymizedFields see above
     * @param counts see above
     * @param status see above
     */
    public RedactedTree {
        anonymizedFields = List.copyOf(anonymizedFields);
        counts = Map.copyOf(counts);
    }

    static RedactedTree dropped() {
        return new RedactedTree(null, List.of(), Map.of(), Redaction.Status.DROPPED);
    }

    /** Returns status and counts, never the values. */
    @Override
    public String toString() {
        return "RedactedTree[status=" + status + ", counts=" + counts + "]";
    }
}
