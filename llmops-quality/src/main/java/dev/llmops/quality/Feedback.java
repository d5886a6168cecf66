package dev.llmops.quality;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judgement of an answer by a person, or a sign of one in what the person did next. A later judgement of the same call,
 * kind, source and identifier replaces the former.
 *
 * @param call the request id or call id
 * @param kind the kind
 * @param value how good, in 0..1, or NaN for a comment
 * @param comment free text that may quote content, or null
 * @param source who judged, such as {@code user} or {@code reviewer}
 * @param identifier tells the judgements of one source apart; empty when there is only one
 * @param at when it was given, or null for now
 * @since 0.1.0
 */
public record Feedback(
        String call,
        Kind kind,
        double value,
        @Nullable String comment,
        String source,
        String identifier,
        @Nullable Instant at) {

    private static final double GOOD_FROM = 0.7;
    private static final double BAD_TO = 0.3;

    /** Kind of feedback. */
    public enum Kind {
        /** Thumbs up or down. */
        THUMBS,
        /** Stars or a similar scale. */
        RATING,
        /** The answer was used as it was: copied, sent, accepted. */
        ADOPTION,
        /** The answer was edited before it was used. */
        EDIT,
        /** Another answer was asked for. */
        REGENERATE,
        /** A comment without a judgement. */
        COMMENT;

        /**
         * Returns the word for it in logs and reports.
         *
         * @return a lower-case word
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Returns a thumb.
     *
     * @param call the request id or call id
     * @param up true for up
     * @return the feedback of the user
     */
    public static Feedback thumbs(String call, boolean up) {
        return user(call, Kind.THUMBS, up ? 1 : 0);
    }

    /**
     * Returns a rating.
     *
     * @param call the request id or call id
     * @param stars the rating, 1 to {@code outOf}
     * @param outOf the best rating, at least 2
     * @return the feedback of the user
     * @throws IllegalArgumentException if the rating is out of range
     */
    public static Feedback rating(String call, int stars, int outOf) {
        if (outOf < 2 || stars < 1 || stars > outOf) {
            throw new IllegalArgumentException("rating is out of range (" + stars + " of " + outOf
                    + ") — 1 to outOf, which is 2 or more — pass whole stars");
        }
        return user(call, Kind.RATING, (stars - 1.0) / (outOf - 1));
    }

    /**
     * Returns the sign that an answer was used, or was not.
     *
     * @param call the request id or call id
     * @param adopted true if it was used
     * @return the feedback of the user
     */
    public static Feedback adoption(String call, boolean adopted) {
        return user(call, Kind.ADOPTION, adopted ? 1 : 0);
    }

    /**
     * Returns the sign that an answer was edited.
     *
     * @param call the request id or call id
     * @param changedRatio the share of the text that was changed, in 0..1
     * @return the feedback of the user
     * @throws IllegalArgumentException if the share is out of range
     */
    public static Feedback edit(String call, double changedRatio) {
        if (!(changedRatio >= 0 && changedRatio <= 1)) {
            throw new IllegalArgumentException(
                    "changedRatio is out of range (" + changedRatio + ") — 0 to 1 — pass 0.1 for 10 %");
        }
        return user(call, Kind.EDIT, 1 - changedRatio);
    }

    /**
     * Returns the sign that another answer was asked for.
     *
     * @param call the request id or call id
     * @return the feedback of the user
     */
    public static Feedback regenerate(String call) {
        return user(call, Kind.REGENERATE, 0);
    }

    /**
     * Returns a comment.
     *
     * @param call the request id or call id
     * @param text the comment
     * @return the feedback of the user
     */
    public static Feedback comment(String call, String text) {
        return user(call, Kind.COMMENT, Double.NaN).withComment(text);
    }

    private static Feedback user(String call, Kind kind, double value) {
        return new Feedback(call, kind, value, null, "user", "", null);
    }

    /**
     * Returns a copy with a comment.
     *
     * @param text the comment
     * @return the copy
     */
    public Feedback withComment(String text) {
        return new Feedback(call, kind, value, text, source, identifier, at);
    }

    /**
     * Returns a copy by another source.
     *
     * @param who who judged
     * @param id tells the judgements of the source apart
     * @return the copy
     */
    public Feedback by(String who, String id) {
        return new Feedback(call, kind, value, comment, who, id, at);
    }

    /**
     * Returns a copy with the time at which it was given.
     *
     * @param instant when
     * @return the copy
     */
    public Feedback at(Instant instant) {
        return new Feedback(call, kind, value, comment, source, identifier, instant);
    }

    /**
     * Returns true if the answer was good.
     *
     * @return true from a value of 0.7
     */
    public boolean isGood() {
        return value >= GOOD_FROM;
    }

    /**
     * Returns true if the answer was bad.
     *
     * @return true up to a value of 0.3
     */
    public boolean isBad() {
        return value <= BAD_TO;
    }
}
