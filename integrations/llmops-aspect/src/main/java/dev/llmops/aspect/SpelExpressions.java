package dev.llmops.aspect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/** Evaluates SpEL over the properties and methods of a value; types, beans and assignments are out of reach. */
final class SpelExpressions implements TagExpressionResolver {

    private final SpelExpressionParser parser = new SpelExpressionParser();
    private final Map<String, Expression> parsed = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object resolve(String expression, Object value) {
        SimpleEvaluationContext context = SimpleEvaluationContext.forReadOnlyDataBinding()
                .withInstanceMethods()
                .build();
        return parsed.computeIfAbsent(expression, parser::parseExpression).getValue(context, value);
    }

    @Override
    public void check(String expression) {
        try {
            parser.parseExpression(expression);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
