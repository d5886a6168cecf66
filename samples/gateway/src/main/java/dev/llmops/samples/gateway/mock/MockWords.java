package dev.llmops.samples.gateway.mock;

/** Tokens of an answer, in order. */
@FunctionalInterface
interface MockWords {

    /** Returns the next tokens as text. */
    String next(int tokens);

    /** Returns a text cut into a number of tokens of about the same length. */
    static MockWords cut(String text, int tokens) {
        return new MockWords() {
            private int token;

            @Override
            public String next(int more) {
                int from = end(token);
                token += more;
                return text.substring(from, end(token));
            }

            private int end(int token) {
                return (int) ((long) text.length() * Math.min(token, tokens) / tokens);
            }
        };
    }
}
