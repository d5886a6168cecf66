package dev.llmops.slo;

import dev.llmops.core.record.Decimals;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Prometheus and the objective files write them: {@code 5m}, {@code 1h30m}, {@code 30d}, {@code 500ms}.
 *
 * @since 0.1.0
 */
public final class Durations {

    private static final Pattern TEXT =
            Pattern.compile("(?:N)w)?(?:N)d)?(?:N)h)?(?:N)m)?(?:N)s)?(?:N)ms)?".replace("N", "(\\d+(?:\\.\\d+)?"));
    private static final long[] UNIT_MILLIS = {604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};

    /** Hours beyond it would fill the memory. */
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private Durations() {}

    static void requireMemorable(String property, Duration window) {
        if (window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    property + " is " + window + " — at most " + format(LONGEST) + " — pass 30d");
        }
    }

    /**
     * Reads a duration.
     *
     * @param text units w, d, h, m, s and ms, each at most once and in this order, such as {@code 1h30m} or {@code 0.8s}
     * @return the duration, longer than zero
     * @throws IllegalArgumentException if the text is no such duration, is zero, or does not fit
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "is '" + text + "' — a duration of units w, d, h, m, s, ms such as 5m, 30d or 0.8s");
        }
        long millis = 0;
        try {
            for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
                String digits = matcher.group(unit + 1);
                if (digits != null) {
                    millis = Math.addExact(
                            millis,
                            Decimals.parse(digits)
                                    .multiply(BigDecimal.valueOf(UNIT_MILLIS[unit]))
                                    .longValueExact());
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("is '" + text + "' — whole milliseconds below 290 million years", e);
        }
        if (millis == 0) {
            throw new IllegalArgumentException("is '" + text + "' — longer than zero");
        }
        return Duration.ofMillis(millis);
    }

    /**
     * Writes a duration in the largest unit that divides it, days at most: {@code 90m}, {@code 36h}, {@code 7d}.
     *
     * @param duration not negative; what is finer than a millisecond is cut off
     * @return the text, which {@link #parse} reads back unless it is {@code 0s}
     */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        String[] units = {"w", "d", "h", "m", "s", "ms"};
        int unit = 1;
        while (millis % UNIT_MILLIS[unit] != 0) {
            unit++;
        }
        return millis / UNIT_MILLIS[unit] + units[unit];
    }
}
