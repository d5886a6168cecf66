package dev.llmops.kafka.streams;

import java.time.Instant;

/**
 * Names a total: its kind, the minute in which its time begins or ends, and what else tells it apart. Names sort by kind and
 * time, so old ones are one range of a store.
 */
record TotalName(TotalKind<?> kind, long minute, String rest) {

    private static final String FORMAT = "%s/%010d/%s";
    private static final int MINUTE_DIGITS = 10;
    private static final int SECONDS = 60;

    /** The first name of a kind at a minute, or after it. */
    static String first(TotalKind<?> kind, long minute) {
        return String.format(FORMAT, kind.word(), minute, "");
    }

    static TotalName of(String text) {
        int slash = text.indexOf('/');
        int end = slash + 1 + MINUTE_DIGITS;
        return new TotalName(
                TotalKind.of(text.substring(0, slash)),
                Long.parseLong(text.substring(slash + 1, end)),
                text.substring(end + 1));
    }

    Instant time() {
        return Instant.ofEpochSecond(minute * SECONDS);
    }

    /** Evidence and what was skipped have no time of their own, and stay. */
    boolean isBefore(long oldest) {
        return minute > 0 && minute < oldest;
    }

    @Override
    public String toString() {
        return String.format(FORMAT, kind.word(), minute, rest);
    }
}
