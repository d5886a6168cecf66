package dev.llmops.redaction;

import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.internal.scan.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in which values travel as numbered placeholders, {@code [EMAIL_1]}, and come back as themselves.
 *
 * <pre>{@code
 * try (RedactionSession session = redactor.openSession()) {
 *     String answer = provider.ask(session.redact(prompt).text());
 *     return session.restore(answer);
 * }
 * }</pre>
 *
 * <p>Equal values get equal placeholders. The values live in this object alone, for as long as it is open: a session is
 * for one request or conversation, is never shared between two users, and is wiped when it is closed. Text that already
 * looks like a placeholder is itself replaced by one, so that a text cannot ask for another's value by writing its number.
 *
 * <p>Thread-safe.
 *
 * <p>See docs/decisions/redaction.md#what-looks-like-a-placeholder-is-itself-replaced-in-a-session.
 *
 * @since 0.1.0
 */
public final class RedactionSession implements AutoCloseable {

    private final Redactor redactor;
    private final Map<String, Map<String, String>> placeholders = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    /** The exact placeholder of each name in its one form. */
    private final NavigableMap<String, String> byKey = new TreeMap<>();
    /** Names that stood in a text, or that two placeholders share: restored from the exact placeholder only. */
    private final Set<String> ambiguous = new HashSet<>();

    private boolean closed;

    RedactionSession(Redactor redactor) {
        this.redactor = redactor;
    }

    /**
     * Replaces every finding by its placeholder.
     *
     * @param text any text
     * @return the text with placeholders and what was found; types that look like a placeholder already count as {@code
     *     LITERAL}
     * @throws IllegalStateException if the session is closed
     */
    public synchronized RedactedText redact(String text) {
        if (closed) {
            throw new IllegalStateException(
                    "the session is closed — redact only in an open one — open a session for each conversation");
        }
        RedactedText redacted = redactor.redact(text, new Numbering());
        ambiguous.addAll(Placeholders.looseKeys(redacted.text()));
        return redacted;
    }

    /**
     * Puts the values back. Placeholders that this session gave out are replaced as they were, and in the forms that
     * models make of them: {@code [email_1]}, {@code [EMAIL\_1]}, {@code [EMAIL 1]}, {@code EMAIL_1}. A form that may
     * mean two things stays. Values are not searched again.
     *
     * @param text an answer
     * @return the answer with the values; unchanged once the session is closed
     */
    public String restore(String text) {
        StreamRestorer restorer = restorer();
        return restorer.accept(text) + restorer.finish();
    }

    /**
     * Puts the values back into an answer that arrives in pieces, each as soon as it is certain.
     *
     * @param pieces the answer, cut anywhere
     * @return the restored answer, in pieces that are not empty; to be read by one thread
     */
    public Iterator<String> restore(Iterator<String> pieces) {
        return new RestoredPieces(pieces, restorer());
    }

    /**
     * Starts restoring an answer that arrives in pieces.
     *
     * @return a restorer for one stream
     */
    public StreamRestorer restorer() {
        return new StreamRestorer(this);
    }

    /** Returns the value of an exact placeholder, or of a name that means one placeholder only; or null. */
    synchronized @Nullable String valueOf(String exact, String key) {
        String value = values.get(exact);
        String placeholder = value != null || ambiguous.contains(key) ? null : byKey.get(key);
        return placeholder == null ? value : values.get(placeholder);
    }

    /** Returns true if the name is, or begins, the name of a placeholder. */
    synchronized boolean mayBe(String name) {
        String key = name.endsWith("_") && byKey.containsKey(Placeholders.withoutEnd(name))
                ? Placeholders.withoutEnd(name)
                : name;
        String next = byKey.ceilingKey(key);
        return next != null && next.startsWith(key);
    }

    /** Removes all values. Closing twice has no effect. */
    @Override
    public synchronized void close() {
        closed = true;
        placeholders.clear();
        values.clear();
        byKey.clear();
        ambiguous.clear();
    }

    /** Returns the name of the class, without values. */
    @Override
    public String toString() {
        return "RedactionSession";
    }

    private final class Numbering implements Redactor.Writer {

        @Override
        public List<Finding> with(List<Finding> findings, String text) {
            List<Finding> literals = Placeholders.in(text);
            if (literals.isEmpty()) {
                return findings;
            }
            List<Finding> all = new ArrayList<>(findings);
            all.addAll(literals);
            return Detection.merged(all);
        }

        @Override
        public String replace(String type, String value) {
            Map<String, String> ofType = placeholders.computeIfAbsent(type, unused -> new HashMap<>());
            return ofType.computeIfAbsent(value, unused -> {
                String placeholder = Placeholders.of(type, ofType.size() + 1);
                values.put(placeholder, value);
                String key = Placeholders.key(placeholder.substring(1, placeholder.length() - 1));
                if (byKey.putIfAbsent(key, placeholder) != null) {
                    ambiguous.add(key);
                }
                return placeholder;
            });
        }
    }
}
