package dev.llmops.slo;

import dev.llmops.slo.file.Lint;
import dev.llmops.slo.internal.Percent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Objects;

/**
 * A row of a multi-window burn-rate table: it fires when the burn rate is strictly over the factor in the long
 * <em>and</em> in the short window.
 *
 * @param severity what firing means, an open vocabulary; {@link #PAGE} and {@link #TICKET} by convention
 * @param longWindow the window that decides, whole minutes
 * @param shortWindow the window that lets the alert clear soon after the end, whole minutes, by convention a twelfth
 *     of the long one
 * @param factor the burn rate to be over, &gt; 0; 1 spends exactly the budget in the period
 * @since 0.1.0
 */
public record AlertTier(String severity, Duration longWindow, Duration shortWindow, BigDecimal factor) {

    /** Somebody is woken: {@value}. */
    public static final String PAGE = "page";

    /** Somebody looks at it in working hours: {@value}. */
    public static final String TICKET = "ticket";

    /**
     * Checks each part by itself; whether the tier can ever fire depends on the target and is told by {@link Lint}.
     *
     * @throws IllegalArgumentException if the severity is blank, a window is no positive number of whole minutes, or
     *     the factor is not positive
     */
    public AlertTier {
        Objects.requireNonNull(factor, "factor");
        if (severity.isBlank()) {
            throw new IllegalArgumentException(
                    "severity is blank — any name — pass AlertTier.PAGE or a name of your own");
        }
        requireWholeMinutes("longWindow", longWindow);
        requireWholeMinutes("shortWindow", shortWindow);
        if (factor.signum() <= 0) {
            throw new IllegalArgumentException("factor is " + factor + " — above 0");
        }
    }

    /**
     * A tier by its factor.
     *
     * @param severity see {@link #severity()}
     * @param longWindow see {@link #longWindow()}
     * @param shortWindow see {@link #shortWindow()}
     * @param factor the factor; its shortest decimal text counts, so that 14.4 is exactly 14.4
     * @return the tier
     * @throws IllegalArgumentException as the constructor does
     */
    public static AlertTier of(String severity, Duration longWindow, Duration shortWindow, double factor) {
        return new AlertTier(severity, longWindow, shortWindow, BigDecimal.valueOf(factor));
    }

    /**
     * A tier by the part of the period's budget that is spent when it can first fire: factor = fraction × period ÷
     * long window.
     *
     * @param severity see {@link #severity()}
     * @param longWindow see {@link #longWindow()}
     * @param shortWindow see {@link #shortWindow()}
     * @param budgetFraction the part of the budget, &gt; 0
     * @param period the nominal length of the objective's window
     * @return the tier
     * @throws IllegalArgumentException as the constructor does
     */
    public static AlertTier ofBudgetFraction(
            String severity, Duration longWindow, Duration shortWindow, BigDecimal budgetFraction, Duration period) {
        BigDecimal factor = budgetFraction
                .multiply(BigDecimal.valueOf(period.toSeconds()))
                .divide(BigDecimal.valueOf(longWindow.toSeconds()), MathContext.DECIMAL128);
        return new AlertTier(severity, longWindow, shortWindow, factor);
    }

    private static void requireWholeMinutes(String name, Duration window) {
        if (window.isNegative() || window.isZero() || !window.equals(Duration.ofMinutes(window.toMinutes()))) {
            throw new IllegalArgumentException(
                    name + " is " + window + " — a positive number of whole minutes — pass 5m or more");
        }
        Durations.requireMemorable(name, window);
    }

    @Override
    public String toString() {
        return severity + " " + Durations.format(longWindow) + "/" + Durations.format(shortWindow) + " ×"
                + Percent.plain(factor);
    }
}
