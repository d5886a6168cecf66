package dev.llmops.quality.drift.statistics;

/**
 * Size of a difference between two distributions, by the customary limits of the population stability index.
 *
 * @since 0.1.0
 */
public enum Severity {
    /** Under {@value #MEDIUM_FROM}. */
    LOW,
    /** At least {@value #MEDIUM_FROM} and under {@value #HIGH_FROM}. */
    MEDIUM,
    /** At least {@value #HIGH_FROM}. */
    HIGH;

    /** The smallest effect of medium severity. */
    public static final double MEDIUM_FROM = 0.1;

    /** The smallest effect of high severity. */
    public static final double HIGH_FROM = 0.2;

    /**
     * Returns the severity of an effect.
     *
     * @param effect a population stability index, or a difference of cumulated shares
     * @return the severity
     */
    public static Severity of(double effect) {
        if (effect < MEDIUM_FROM) {
            return LOW;
        }
        return effect < HIGH_FROM ? MEDIUM : HIGH;
    }
}
