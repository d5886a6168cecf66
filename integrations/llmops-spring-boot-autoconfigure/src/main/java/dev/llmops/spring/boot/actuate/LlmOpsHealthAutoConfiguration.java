package dev.llmops.spring.boot.actuate;

import dev.llmops.slo.engine.SloEngine;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Adds the health group {@code llm}, which tells of breached objectives.
 */
@AutoConfiguration(
        beforeName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration",
        afterName = "dev.llmops.spring.boot.slo.LlmOpsSloAutoConfiguration")
@ConditionalOnClass({SloEngine.class, HealthIndicator.class, HealthEndpointGroupsPostProcessor.class})
@ConditionalOnBooleanProperty(name = "llmops.enabled", matchIfMissing = true)
@ConditionalOnEnabledHealthIndicator("llmops")
@ConditionalOnBean(SloEngine.class)
@EnableConfigurationProperties(LlmOpsHealthProperties.class)
final class LlmOpsHealthAutoConfiguration {

    private static final String CONTRIBUTOR = "llmops";

    @Bean
    @ConditionalOnMissingBean(name = "llmopsHealthIndicator")
    HealthIndicator llmopsHealthIndicator(SloEngine engine, LlmOpsHealthProperties properties) {
        return new ObjectivesHealthIndicator(engine, properties.outOfServiceOnBreach());
    }

    @Bean
    HealthEndpointGroupsPostProcessor llmOpsHealthGroup() {
        return groups -> new LlmHealthGroups(groups, CONTRIBUTOR);
    }
}
