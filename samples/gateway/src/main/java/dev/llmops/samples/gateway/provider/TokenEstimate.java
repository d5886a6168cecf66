package dev.llmops.samples.gateway.provider;

/**
 * Estimates the tokens of a text that no provider has counted: one for each word-like piece, and one for each
 * character of the scripts that write without spaces.
 */
public final class TokenEstimate {

    private TokenEstimate() {}

    /**
     * Counts the pieces of a text.
     *
     * @param text any text, also a fragment of one
     * @return the estimate; 0 for an empty text, at least 1 for any other
     */
    public static int of(String text) {
        int tokens = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (Character.isIdeographic(character)) {
                tokens++;
                inWord = false;
            } else if (Character.isWhitespace(character)) {
                inWord = false;
            } else if (!inWord) {
                tokens++;
                inWord = true;
            }
        }
        return text.isEmpty() ? 0 : Math.max(1, tokens);
    }
}
