package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.budgets.*}. A limit is written {@code 2.00/day}; several are separated by commas.
 *
 * @param enabled Whether budgets are kept.
 * @param total Limits of all calls together. None by default.
 * @param user Limits of each user. None by default.
 * @param tenant Limits of each tenant. None by default.
 * @param feature Limits of each feature. None by default.
 * @param model Limits of each model. None by default.
 * @param values Limits of single values, by dimension and value, such as values.tenant.acme. None by default.
 * @param currency Currency of all limits, by its ISO 4217 code.
 * @param zone Time zone in which calendar windows begin and end.
 * @param warnAt Share of a limit from which calls are warned about, above 0 and below 1.
 * @param enforce Whether a call over a limit is refused; false warns only.
 * @param holdFor Time after which a reservation expires; longer than every call.
 * @param maxOutputTokens Output tokens that are reserved for a call that names no limit of its own.
 * @param store Place of the counters: this process, or the Redis that Spring Boot connects to.
 * @param namespace Name that separates the counters of one application on a shared Redis.
 * @param timeout Time that a call waits for Redis at most.
 * @param whenStoreFails Whether calls go through or are refused while Redis does not answer.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.budgets")
record LlmOpsBudgetsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<BudgetLimit> total,
        @DefaultValue List<BudgetLimit> user,
        @DefaultValue List<BudgetLimit> tenant,
        @DefaultValue List<BudgetLimit> feature,
        @DefaultValue List<BudgetLimit> model,
        @DefaultValue Map<BudgetDimension, Map<String, List<BudgetLimit>>> values,
        @DefaultValue("USD") String currency,
        @DefaultValue("Z") ZoneId zone,
        @DefaultValue("0.8") double warnAt,
        @DefaultValue("true") boolean enforce,
        @DefaultValue("10m") Duration holdFor,
        @DefaultValue("4096") int maxOutputTokens,
        @DefaultValue("memory") Store store,
        @DefaultValue("default") String namespace,
        @DefaultValue("100ms") Duration timeout,
        @DefaultValue("open") BudgetStore.FailurePolicy whenStoreFails) {

    /** The place of the counters. */
    public enum Store {
        /** This process. */
        MEMORY,
        /** The Redis that Spring Boot connects to. */
        REDIS
    }

    /** Checks the share. */
    public LlmOpsBudgetsProperties {
        if (!(warnAt > 0 && warnAt < 1)) {
            throw new InvalidLlmOpsPropertyException(
                    "llmops.budgets.warn-at",
                    "the share is out of range (" + warnAt + ") — above 0 and below 1 is allowed",
                    "Set llmops.budgets.warn-at to a share, such as 0.8.");
        }
    }

    boolean isEmpty() {
        return total.isEmpty()
                && user.isEmpty()
                && tenant.isEmpty()
                && feature.isEmpty()
                && model.isEmpty()
                && values.isEmpty();
    }
}
