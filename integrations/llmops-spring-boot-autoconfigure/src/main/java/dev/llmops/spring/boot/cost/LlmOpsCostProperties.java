package dev.llmops.spring.boot.cost;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * The properties {@code llmops.cost.*}.
 *
 * @param enabled Whether records have a cost.
 * @param priceBooks Files of prices, such as file:prices.yml, of which a later one updates the earlier; empty by
 *     default.
 * @param bundled Whether the bundled list prices stand in for models without a price of one's own.
 * @param reloadInterval Time between two looks whether a file of prices has changed; 0s reads the files once.
 * @param maxAccounts Number of features, models, tenants and users each whose costs are added up in memory.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.cost")
record LlmOpsCostProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<Resource> priceBooks,
        @DefaultValue("true") boolean bundled,
        @DefaultValue("0s") Duration reloadInterval,
        @DefaultValue("10000") int maxAccounts) {}
