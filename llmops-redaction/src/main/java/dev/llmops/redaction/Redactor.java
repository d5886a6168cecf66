package dev.llmops.redaction;

import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiDetector;
import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.personal.PhoneCheck;
import dev.llmops.redaction.internal.scan.Detection;
import dev.llmops.redaction.internal.scan.DetectorFailure;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces personal data and secrets in text: {@link PiiTypes the kinds it knows}, custom rules, and what a {@link
 * PiiDetector} finds.
 *
 * <pre>{@code
 * Redactor redactor = Redactor.builder()
 *         .replacement(PiiTypes.CREDIT_CARD, Replacement.mask(4))
 *         .rule("EMPLOYEE_ID", "E[0-9]{6}")
 *         .build();
 * String safe = redactor.redact("write to li@example.com").text(); // write to [EMAIL]
 * }</pre>
 *
 * <p>One pass over the text, linear in its length for every text: there is no regular expression in it that could
 * backtrack, and no timeout. It fails closed: where a detector throws, the text is dropped, and the result says so.
 *
 * <p>Immutable and thread-safe; make one and share it.
 *
 * <p>See docs/decisions/redaction.md#too-long-a-text-is-dropped-whole.
 *
 * @since 0.1.0
 */
public final class Redactor {

    /** The version of the detectors; raised with any change of what they find. */
    public static final String DETECTOR_VERSION = "2";

    /** Longest text in UTF-16 units that is judged by default: {@value}. A longer one is dropped. */
    public static final int DEFAULT_MAX_LENGTH = 1 << 24;

    private static final Logger LOG = LoggerFactory.getLogger(Redactor.class);

    private final Detection detection;
    private final Map<String, Replacement> replacements;
    private final Replacement defaultReplacement;
    private final int maxLength;
    private final LongAdder failures;
    private final Set<Class<?>> logged;
    private final KnownValues known;

    Redactor(RedactorBuilder builder, PhoneCheck phones, List<PiiDetector> detectors) {
        Clock clock = builder.clock;
        this.detection = new Detection(phones, () -> LocalDate.now(clock), builder.ignoredTypes(), detectors);
        this.replacements = Map.copyOf(builder.replacements);
        this.defaultReplacement = builder.defaultReplacement;
        this.maxLength = builder.maxLength;
        this.failures = new LongAdder();
        this.logged = ConcurrentHashMap.newKeySet();
        this.known = KnownValues.NONE;
    }

    private Redactor(Redactor redactor, KnownValues known) {
        this.detection = redactor.detection;
        this.replacements = redactor.replacements;
        this.defaultReplacement = redactor.defaultReplacement;
        this.maxLength = redactor.maxLength;
        this.failures = redactor.failures;
        this.logged = redactor.logged;
        this.known = known;
    }

    /** Returns a redactor that finds these values too. */
    Redactor with(KnownValues values) {
        return values.isEmpty() ? this : new Redactor(this, values);
    }

    /**
     * Creates a redactor with every built-in kind, each replaced by its label.
     *
     * @return a redactor
     */
    public static Redactor ofDefaults() {
        return builder().build();
    }

    /**
     * Creates a builder.
     *
     * @return a builder with the defaults
     */
    public static RedactorBuilder builder() {
        return new RedactorBuilder();
    }

    /**
     * Redacts one text. Redacting the result once more changes nothing, unless a replacement leaves values behind.
     *
     * @param text any text
     * @return the redacted text and what was found; never throws because of the text
     */
    public RedactedText redact(String text) {
        return redact(text, this::replacementOf);
    }

    /**
     * Opens a session whose placeholders can be turned back into the values they stand for.
     *
     * @return a new session that shares nothing with any other
     */
    public RedactionSession openSession() {
        return new RedactionSession(this);
    }

    /**
     * Returns the number of texts that were dropped because they could not be judged.
     *
     * @return the number since this redactor was built
     */
    public long droppedTexts() {
        return failures.sum();
    }

    /**
     * Redacts every string, number and key in a tree of maps and lists. The name of a field says what its value is, as it
     * does in {@code "password": "…"}. What lies more than 64 levels deep is dropped. Objects of other types are asked for
     * their text, and what that throws is passed on.
     *
     * @param value a map, collection, string, number, boolean or null, or a tree of these; of anything else, its text
     * @return a copy without what was found, and the paths of the fields that changed
     */
    public RedactedTree redactTree(@Nullable Object value) {
        return new TreeWalk(this).redact(value);
    }

    /** Redacts the value of a named field, which says what the value is. */
    RedactedText redactNamed(String name, String value) {
        // A quote that the value does not hold, so that the value does not end before its end.
        char quote = value.indexOf('"') < 0 ? '"' : value.indexOf('\'') < 0 ? '\'' : '`';
        return redact("\"" + name + "\": " + quote, value, String.valueOf(quote), new WholeSecret());
    }

    /** Redacts an argument of a command, given those before it. */
    RedactedText redactBehind(String before, String text) {
        return redact(before, text, "", this::replacementOf);
    }

    /** Redacts a text by the rules of a writer. */
    RedactedText redact(String text, Writer writer) {
        return redact("", text, "", writer);
    }

    private RedactedText redact(String before, String text, String after, Writer writer) {
        if (text.length() > maxLength) {
            return drop(
                    Redactor.class,
                    "text is too long (" + text.length() + " characters) — at most maxLength, " + maxLength
                            + " — raise maxLength");
        }
        try {
            List<Finding> detected =
                    within(before.length(), text, detection.in(before.isEmpty() ? text : before + text + after));
            List<Finding> findings = writer.with(known.in(text, detected), text);
            return findings.isEmpty()
                    ? RedactedText.clean(text)
                    : RedactedText.redacted(rewrite(text, findings, writer), List.copyOf(findings));
        } catch (DetectorFailure failure) {
            return drop(failure.detector, failure.getMessage());
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable t) {
            // In every case the text must not go on, and neither must a message that may quote it.
            return drop(t.getClass(), "redaction failed with " + t.getClass().getName());
        }
    }

    /** Findings by their place in the text, without those that lie around it. */
    private static List<Finding> within(int offset, String text, List<Finding> findings) {
        if (offset == 0) {
            return findings;
        }
        List<Finding> inside = new ArrayList<>();
        for (Finding finding : findings) {
            int start = Math.max(finding.start() - offset, 0);
            int end = Math.min(finding.end() - offset, text.length());
            if (end > start) {
                inside.add(new Finding(finding.type(), start, end));
            }
        }
        return inside;
    }

    private RedactedText drop(Class<?> source, @Nullable String reason) {
        failures.increment();
        if (logged.add(source)) {
            LOG.warn("{}; the text is dropped. Further drops for this reason are counted, not logged.", reason);
        }
        return RedactedText.dropped();
    }

    private static String rewrite(String text, List<Finding> findings, Writer writer) {
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        for (Finding finding : findings) {
            out.append(text, copied, finding.start());
            out.append(writer.replace(finding.type(), text.substring(finding.start(), finding.end())));
            copied = finding.end();
        }
        return out.append(text, copied, text.length()).toString();
    }

    private String replacementOf(String type, String value) {
        return replacements.getOrDefault(type, defaultReplacement).of(type, value);
    }

    /** Writes what stands for a value, and may add findings of its own. */
    interface Writer {

        String replace(String type, String value);

        default List<Finding> with(List<Finding> findings, String text) {
            return findings;
        }
    }

    /** The value of a field that is called a secret is one to its end, quotes and line breaks included. */
    private final class WholeSecret implements Writer {

        @Override
        public String replace(String type, String value) {
            return replacementOf(type, value);
        }

        @Override
        public List<Finding> with(List<Finding> findings, String text) {
            if (findings.isEmpty()) {
                return findings;
            }
            Finding first = findings.get(0);
            boolean secret = first.start() == 0 && first.type().equals(PiiTypes.SECRET_ASSIGNMENT);
            return secret ? List.of(new Finding(first.type(), 0, text.length())) : findings;
        }
    }
}
