package dev.llmops.spring.boot;

import dev.llmops.core.LlmOps;
import dev.llmops.spring.boot.internal.ObservedBeans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Warms the library up before the application accepts traffic, says in one line what is measured, and names misspelt
 * properties.
 */
@AutoConfiguration(after = LlmOpsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "llmops.enabled", matchIfMissing = true)
@ConditionalOnBean({LlmOps.class, LlmOpsProperties.class})
final class LlmOpsReportAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MeasurementReport llmOpsMeasurementReport(
            ObjectProvider<MeasurementReport.Area> areas,
            ObjectProvider<ObservedBeans> observed,
            ConfigurableListableBeanFactory beans) {
        return new MeasurementReport(areas, observed, beans);
    }

    @Bean
    @ConditionalOnMissingBean(name = "llmOpsStartUp")
    SmartInitializingSingleton llmOpsStartUp(
            LlmOps llmOps, LlmOpsProperties properties, MeasurementReport report, Environment environment) {
        return () -> {
            Logger log = LoggerFactory.getLogger(LlmOps.class);
            if (properties.warmUp()) {
                llmOps.warmUp();
            }
            if (properties.startupLine()) {
                log.info("{}", report);
            }
            UnknownProperties.of(environment, LlmOps.class.getClassLoader()).forEach(log::warn);
        };
    }
}
