package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.StoreFailurePolicy;
import dev.llmops.spring.boot.InvalidLlmOpsPropertyException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.budgets.*}. A limit is written {@code 2.00/day}; several are separated by commas.
 *
 * @param enabled whether budgets are kept
 * @param total limits of all calls together; none by default
 * @param user limits of each user; none by default
 * @param tenant limits of each tenant; none by default
 * @param feature limits of each feature; none by default
 * @param model limits of each model; none by default
 * @param values limits of single values, by dimension and value, such as {@code values.tenant.acme}; none by default
 * @param currency currency of all limits, by its ISO 4217 code
 * @param zone time zone in which calendar windows begin and end
 * @param warnAt share of a limit from which calls are warned about, above 0 and below 1
 * @param enforce whether a call over a limit is refused; false warns only
 * @param holdFor time after which a reservation expires; longer than every call
 * @param maxOutputTokens output tokens that are reserved for a call that names no limit of its own
 * @param store place of the counters: this process, or the Redis that Spring Boot connects to
 * @param namespace name that separates the counters of one application on a shared Redis
 * @param timeout time that a call waits for Redis at most
 * @param whenStoreFails whether calls go through or are refused while Redis does not answer
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.budgets")
public record LlmOpsBudgetsProperties(
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
        @DefaultValue("open") StoreFailurePolicy whenStoreFails) {

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
