package dev.llmops.release.arm;

import java.util.List;
import java.util.Locale;

/**
 * The part that a unit of traffic plays in a release.
 *
 * @since 0.1.0
 */
public enum Arm {
    /** The version set in use before the release. */
    BASELINE,
    /** The baseline's version set on a share as small as the candidate's, with caches of its own. */
    CONTROL,
    /** The version set under release. */
    CANDIDATE,
    /** The candidate's answer to a request that the baseline answers too; not shown to the user. */
    SHADOW,
    /** The baseline's version set, kept on a small share after the candidate has the rest. */
    HOLDBACK;

    private static final List<Arm> ALL = List.of(values());

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the word for the arm in logs, labels and files.
     *
     * @return a lower-case word
     */
    public String label() {
        return label;
    }

    /**
     * Returns the arm of a word.
     *
     * @param label what {@link #label()} gave
     * @return the arm
     * @throws IllegalArgumentException if no arm has that label
     */
    public static Arm ofLabel(String label) {
        for (Arm arm : ALL) {
            if (arm.label.equals(label)) {
                return arm;
            }
        }
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns true if the candidate's version set answers in this arm.
     *
     * @return true for {@link #CANDIDATE} and {@link #SHADOW}
     */
    public boolean isCandidateVersion() {
        return this == CANDIDATE || this == SHADOW;
    }
}
