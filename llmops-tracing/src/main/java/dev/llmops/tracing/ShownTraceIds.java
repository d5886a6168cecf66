package dev.llmops.tracing;

/** Makes trace ids fit to be shown. */
final class ShownTraceIds {

    /** The longest trace id that is shown, in characters. */
    static final int MAX_LENGTH = 128;

    private ShownTraceIds() {}

    /** Returns a caller's trace id, bounded and with control characters escaped. */
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
