package dev.llmops.cost.book;

/**
 * Something wrong with a price book.
 *
 * @param where the file, entry and field, such as {@code prices.yml: openai/gpt-4o: prices[1].rates.output_tokens}
 * @param what the rule, what was found, and what to do about it
 * @since 0.1.0
 */
public record PriceProblem(String where, String what) {

    PriceProblem in(String place) {
        return new PriceProblem(where.isEmpty() ? place : place + ": " + where, what);
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
