package dev.llmops.slo.openslo;

/** Takes note of what an import cannot carry over. */
interface Losses {

    /** A part is not carried over; the objective is. */
    void leftOut(Property property, String reason);
}
