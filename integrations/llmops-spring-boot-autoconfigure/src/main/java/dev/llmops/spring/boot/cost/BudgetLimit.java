package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.BudgetWindow;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount in a calendar window, written {@code 2.00/day}.
 *
 * @param amount the amount, in the currency of the budgets
 * @param window the calendar window
 * @since 0.1.0
 */
record BudgetLimit(BigDecimal amount, Window window) {

    private static final Pattern SYNTAX =
            Pattern.compile("(?<amount>\\d{1,7}(\\.\\d{1,9})?)\\s*/\\s*(?<window>hour|day|week|month|year)");

    /** A calendar window. */
    public enum Window {
        /** From one full hour to the next. */
        HOUR,
        /** From midnight to midnight. */
        DAY,
        /** From Monday to Monday. */
        WEEK,
        /** From the first of a month to the next. */
        MONTH,
        /** From New Year to New Year. */
        YEAR;

        BudgetWindow in(ZoneId zone) {
            return switch (this) {
                case HOUR -> BudgetWindow.hourly(zone);
                case DAY -> BudgetWindow.daily(zone);
                case WEEK -> BudgetWindow.weekly(zone);
                case MONTH -> BudgetWindow.monthly(zone);
                case YEAR -> BudgetWindow.yearly(zone);
            };
        }
    }

    /**
     * Reads a limit. Spring Boot calls this to bind properties.
     *
     * @param text an amount, a slash, and {@code hour}, {@code day}, {@code week}, {@code month} or {@code year}
     * @return the limit
     * @throws InvalidLlmOpsPropertyException if the text has another form
     */
    public static BudgetLimit of(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidLlmOpsPropertyException(
                    null,
                    "the budget cannot be read (" + text
                            + ") — an amount, a slash, and hour, day, week, month or year are allowed",
                    "Write for example 2.00/day.");
        }
        String window = Objects.requireNonNull(matcher.group("window"));
        return new BudgetLimit(
                new BigDecimal(Objects.requireNonNull(matcher.group("amount"))),
                Window.valueOf(window.toUpperCase(Locale.ROOT)));
    }
}
