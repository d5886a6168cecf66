package dev.llmops.tracing;

/** Trace ids as people see them. */
final class ShownTraceIds {

    /** The longest trace id that is shown, in characters. */
    static final int MAX_LENGTH = 128;

    private ShownTraceIds() {}

    /** A caller's own trace id, fit to be shown: bounded, and with its control characters escaped. */
    static String of(String raw) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            String piece = needsEscape(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c);
            if (shown.length() + piece.length() > MAX_LENGTH) {
                break;
            }
            shown.append(piece);
        }
        return shown.toString();
    }

    private static boolean needsEscape(char c) {
        return Character.isISOControl(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.FORMAT
                || c == '\u2028'
                || c == '\u2029';
    }
}
