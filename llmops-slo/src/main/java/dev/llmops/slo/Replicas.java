package dev.llmops.slo;

/**
 * The instances of a service behind a status: how many of them were counted, and how many there are.
 *
 * @param reporting instances whose events were counted, &ge; 0
 * @param known instances that there are, or usually were in the last two hours, &ge; {@code reporting}; 0 where unknown
 * @since 0.1.0
 */
public record Replicas(int reporting, int known) {

    /** Neither number is known, as with metrics that carry no instance label. */
    public static final Replicas UNKNOWN = new Replicas(0, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is negative, or more instances report than are known
     */
    public Replicas {
        if (reporting < 0 || known < 0 || (known > 0 && reporting > known)) {
            throw new IllegalArgumentException("replicas are " + reporting + " of " + known
                    + " — allowed is 0 <= reporting <= known, or known = 0 — pass Replicas.UNKNOWN if not known");
        }
    }

    /**
     * Returns true if some instance is known not to have been counted.
     *
     * @return false where the number of instances is unknown
     */
    public boolean isPartial() {
        return known > reporting;
    }
}
