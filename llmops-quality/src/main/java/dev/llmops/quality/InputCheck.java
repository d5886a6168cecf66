package dev.llmops.quality;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.record.CallRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names inputs that no ordinary user sends, in the call attribute {@value #ATTRIBUTE}: empty, far too long, full of control
 * characters, or one character over and over. Sees captured content only. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InputCheck implements CallEnricher {

    /** The call attribute with the reason why an input is abnormal. */
    public static final String ATTRIBUTE = "llmops.input.abnormal";

    /** Largest length of an ordinary input by default, in characters. */
    public static final int DEFAULT_MAX_LENGTH = 100_000;

    private static final int MAX_RUN = 50;
    private static final double MAX_CONTROL_SHARE = 0.05;

    private final int maxLength;

    /** Creates a check that allows {@value #DEFAULT_MAX_LENGTH} characters. */
    public InputCheck() {
        this(DEFAULT_MAX_LENGTH);
    }

    /**
     * Creates a check.
     *
     * @param maxLength how many characters an input may have
     */
    public InputCheck(int maxLength) {
        this.maxLength = maxLength;
    }

    @Override
    public CallRecord enrich(CallRecord record) {
        String input = record.content().input();
        String reason = input == null ? null : abnormality(input);
        if (reason == null) {
            return record;
        }
        Map<String, Object> attributes = new LinkedHashMap<>(record.attributes());
        attributes.put(ATTRIBUTE, reason);
        return record.toBuilder().attributes(attributes).build();
    }

    /**
     * Returns why an input is abnormal.
     *
     * @param input the input
     * @return {@code empty}, {@code too_long}, {@code control_characters} or {@code repetition}, or null if it is ordinary
     */
    public @Nullable String abnormality(String input) {
        if (input.isBlank()) {
            return "empty";
        }
        if (input.length() > maxLength) {
            return "too_long";
        }
        long controls = input.chars().filter(InputCheck::isControl).count();
        if (controls > MAX_CONTROL_SHARE * input.length()) {
            return "control_characters";
        }
        return hasLongRun(input) ? "repetition" : null;
    }

    private static boolean isControl(int character) {
        return character == 0xFFFD || (Character.isISOControl(character) && !Character.isWhitespace(character));
    }

    private static boolean hasLongRun(String input) {
        int run = 1;
        for (int i = 1; i < input.length(); i++) {
            char character = input.charAt(i);
            run = character == input.charAt(i - 1) && Character.isLetterOrDigit(character) ? run + 1 : 1;
            if (run > MAX_RUN) {
                return true;
            }
        }
        return false;
    }
}
