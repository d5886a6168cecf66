package dev.llmops.spring.boot.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.endpoint.*}.
 *
 * @param recentCalls Number of records of calls and later events that the endpoint shows.
 * @param topSpenders Number of features, models, tenants and users each that the endpoint shows by cost.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.endpoint")
record LlmOpsEndpointProperties(
        @DefaultValue("50") int recentCalls,
        @DefaultValue("10") int topSpenders) {}
