package dev.llmops.spring.boot;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.version.VersionSet;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Makes the application's {@link LlmOps} of all listener and enricher beans.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "llmops.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LlmOpsProperties.class)
@ImportRuntimeHints(LlmOpsRuntimeHints.class)
final class LlmOpsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LlmOps llmOps(
            LlmOpsProperties properties,
            ContentPolicy contentPolicy,
            Telemetry llmOpsTelemetry,
            ObjectProvider<CallEnricher> enrichers,
            ObjectProvider<LlmListener> listeners,
            ObjectProvider<ErrorClassifier> errorClassifiers,
            ObjectProvider<LlmOpsBuilderCustomizer> customizers) {
        LlmOpsBuilder builder = LlmOps.builder()
                .telemetry(llmOpsTelemetry)
                .contentPolicy(contentPolicy)
                .versionSet(VersionSet.of(properties.versions()))
                .detectVersions(properties.detectVersions())
                .abandonAfter(properties.abandonAfter())
                .recentCalls(properties.recentCalls(), properties.recentCallsMaxAge());
        enrichers.orderedStream().forEach(builder::enricher);
        listeners.orderedStream().forEach(builder::listener);
        ErrorClassifier[] classifiers = errorClassifiers.orderedStream().toArray(ErrorClassifier[]::new);
        if (classifiers.length > 0) {
            builder.errorClassifier(ErrorClassifier.firstOf(classifiers));
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return build(builder);
    }

    private static LlmOps build(LlmOpsBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new InvalidLlmOpsPropertyException(
                    "llmops", List.of(String.valueOf(e.getMessage()).split("\n")), "Correct each of them.", e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    ContentPolicy contentPolicy(LlmOpsProperties properties) {
        LlmOpsProperties.Content content = properties.content();
        ContentPolicy.Builder policy = ContentPolicy.builder()
                .captureContent(content.capture())
                .showContent(content.show())
                .showEventTexts(content.showEventTexts());
        if (content.idKey() != null) {
            policy.idKey(content.idKeyId(), content.idKey().getBytes(StandardCharsets.UTF_8));
        }
        if (content.userIds() != null) {
            policy.userIds(content.userIds());
        }
        if (content.tenantIds() != null) {
            policy.tenantIds(content.tenantIds());
        }
        return policy.build();
    }

    @Bean
    @ConditionalOnMissingBean
    Telemetry llmOpsTelemetry() {
        return new Telemetry();
    }
}
