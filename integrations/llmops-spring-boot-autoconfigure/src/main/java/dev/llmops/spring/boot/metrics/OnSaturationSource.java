package dev.llmops.spring.boot.metrics;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds where a device or an endpoint is to be polled. */
final class OnSaturationSource extends SpringBootCondition {

    private static final String PREFIX = "llmops.metrics.saturation";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        BindResult<LlmOpsMetricsProperties.Saturation> bound =
                Binder.get(context.getEnvironment()).bind(PREFIX, LlmOpsMetricsProperties.Saturation.class);
        boolean wanted = bound.isBound() && bound.get().isWanted();
        return new ConditionOutcome(wanted, ConditionMessage.of(PREFIX + (wanted ? " is set" : " names no source")));
    }
}
