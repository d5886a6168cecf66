package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSLO's shorthand: a number and one unit of {@code mhdwMQY}, where a month has 30 days, a quarter 90, a year 365. */
final class OpenSloDuration {

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,9})(\\S+)");
    private static final Map<String, Duration> UNITS = Map.of(
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7),
            "M", Duration.ofDays(30),
            "Q", Duration.ofDays(90),
            "Y", Duration.ofDays(365));

    private OpenSloDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with the rule that the text breaks, or if it is zero, which OpenSLO's text forbids
     *     and its SDK lets pass
     */
    static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is '" + text + "' — a number and a unit of m, h, d, w, M, Q, Y");
        }
        Duration unit = UNITS.get(matcher.group(2));
        if (unit == null) {
            throw new IllegalArgumentException("is '" + text + "' — a number with a unit of m, h, d, w, M, Q, Y");
        }
        int amount = Integer.parseInt(matcher.group(1));
        if (amount < 1) {
            throw new IllegalArgumentException("is '" + text + "' — longer than zero");
        }
        return unit.multipliedBy(amount);
    }

    static void check(ConfigNode property) {
        if (Require.present(property)) {
            try {
                parse(property.text());
            } catch (IllegalArgumentException e) {
                property.problem("duration", String.valueOf(e.getMessage()));
            }
        }
    }

    /** The shorthand for a duration of whole minutes, in the largest unit up to a day that divides it. */
    static String format(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes % 1440 == 0) {
            return minutes / 1440 + "d";
        }
        return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }
}
