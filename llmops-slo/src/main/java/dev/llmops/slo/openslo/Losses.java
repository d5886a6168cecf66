package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;

/** Takes note of what an import dev.llmops.slo.internal.ConfigNode;
 * import cannot carry over. */
interface Losses {

    /** A part is not carried over; the objective is. */
    void leftOut(ConfigNode property, String reason);
}
