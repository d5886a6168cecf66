package dev.llmops.spring.boot.slo;

import dev.llmops.slo.file.ObjectiveSet;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds where a file, a property or a bean of the application defines objectives. */
final class OnObjectives extends SpringBootCondition implements ConfigurationCondition {

    private static final String PREFIX = "llmops.slo";

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        BindResult<LlmOpsSloProperties> bound =
                Binder.get(context.getEnvironment()).bind(PREFIX, LlmOpsSloProperties.class);
        boolean defined = bound.isBound() && !bound.get().isEmpty();
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (defined || (beans != null && beans.getBeanNamesForType(ObjectiveSet.class, true, false).length > 0)) {
            return ConditionOutcome.match(ConditionMessage.of(PREFIX + " defines objectives"));
        }
        return ConditionOutcome.noMatch(
                ConditionMessage.of("neither " + PREFIX + ".file nor " + PREFIX + ".objectives is set"));
    }
}
