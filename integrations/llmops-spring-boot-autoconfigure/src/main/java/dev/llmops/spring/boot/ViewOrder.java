package dev.llmops.spring.boot;

import org.springframework.core.Ordered;

/**
 * The order in which the configured listeners and enrichers run. Those of the application that have no order come after
 * them, except for redaction, which sees what all other enrichers have added.
 *
 * @since 0.1.0
 */
public final class ViewOrder {

    /** The enricher that adds the cost. */
    public static final int COST = 0;

    /** The enricher that redacts, after all others. */
    public static final int REDACTION = Ordered.LOWEST_PRECEDENCE;

    /** Spans, which give calls their trace ids. */
    public static final int SPANS = 100;

    /** Metrics. */
    public static final int METRICS = 200;

    /** Objectives. */
    public static final int OBJECTIVES = 300;

    /** Logs. */
    public static final int LOGS = 400;

    /** Budgets, the ledger and sums of cost. */
    public static final int MONEY = 500;

    /** The calls that the actuator shows. */
    public static final int RECENT_CALLS = 600;

    private ViewOrder() {}
}
