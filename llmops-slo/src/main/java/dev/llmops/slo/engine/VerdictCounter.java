package dev.llmops.slo.engine;

import dev.llmops.slo.Dimension;
import java.util.Map;

/**
 * The exact events of one objective, one group of it, or one event rule since this process started: what
 * {@code llm.slo.events} shows by {@code slo} and {@code verdict}. It never decreases and knows nothing of a metrics
 * library; bind {@link #good()} and {@link #bad()} as function counters. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface VerdictCounter {

    /**
     * The value of the {@code slo} label.
     *
     * @return the name of the objective or event rule
     */
    String slo();

    /**
     * The group, whose dimensions are further labels.
     *
     * @return values by dimension; empty without groups
     */
    Map<Dimension, String> group();

    /**
     * Events with the verdict {@code good}.
     *
     * @return the count, from 0 on; fractional only for means of scores
     */
    double good();

    /**
     * Events with the verdict {@code bad}.
     *
     * @return the count, from 0 on; fractional only for means of scores
     */
    double bad();
}
