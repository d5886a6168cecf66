package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.Budget;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds where a property sets a limit, or the application defines a budget. */
final class OnBudgets extends SpringBootCondition implements ConfigurationCondition {

    private static final String PREFIX = "llmops.budgets";

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        BindResult<LlmOpsBudgetsProperties> bound =
                Binder.get(context.getEnvironment()).bind(PREFIX, LlmOpsBudgetsProperties.class);
        boolean limited = bound.isBound() && !bound.get().isEmpty();
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (limited || (beans != null && beans.getBeanNamesForType(Budget.class, true, false).length > 0)) {
            return ConditionOutcome.match(ConditionMessage.of(PREFIX + " sets a limit"));
        }
        return ConditionOutcome.noMatch(ConditionMessage.of("no limit is set under " + PREFIX));
    }
}
