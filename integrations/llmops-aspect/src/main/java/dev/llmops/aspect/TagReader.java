package dev.llmops.aspect;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the tags of methods, and says which of them cannot work. */
final class TagReader {

    private static final Set<LlmTag.Field> OF_RESULTS = EnumSet.of(LlmTag.Field.ATTRIBUTE, LlmTag.Field.OUTPUT);

    private final @Nullable TagExpressionResolver expressions;
    private final Function<Class<? extends TagResolver>, ? extends TagResolver> resolvers;

    TagReader(
            @Nullable TagExpressionResolver expressions,
            Function<Class<? extends TagResolver>, ? extends TagResolver> resolvers) {
        this.expressions = expressions;
        this.resolvers = resolvers;
    }

    List<Tag> ofParameters(List<Method> declarations, List<String> problems) {
        List<Tag> tags = new ArrayList<>();
        int count = declarations.get(0).getParameterCount();
        for (int i = 0; i < count; i++) {
            for (Method declaration : declarations) {
                Parameter parameter = declaration.getParameters()[i];
                LlmTag[] found = parameter.getAnnotationsByType(LlmTag.class);
                if (found.length > 0) {
                    String name = parameter.isNamePresent() ? parameter.getName() : "";
                    String where = "parameter " + (i + 1) + " of " + MethodReader.describe(declaration);
                    addAll(tags, found, i, name, where, problems);
                    break;
                }
            }
        }
        return tags;
    }

    List<Tag> ofResult(List<Method> declarations, List<String> problems) {
        List<Tag> tags = new ArrayList<>();
        for (Method declaration : declarations) {
            LlmTag[] found = declaration.getAnnotationsByType(LlmTag.class);
            if (found.length > 0) {
                addAll(tags, found, Tag.RESULT, "", "the result of " + MethodReader.describe(declaration), problems);
                return tags;
            }
        }
        return tags;
    }

    private void addAll(
            List<Tag> tags, LlmTag[] found, int parameter, String name, String where, List<String> problems) {
        for (LlmTag annotation : found) {
            try {
                tags.add(tag(annotation, parameter, name));
            } catch (IllegalArgumentException e) {
                problems.add("@LlmTag on " + where + ": " + e.getMessage());
            }
        }
    }

    private Tag tag(LlmTag annotation, int parameter, String name) {
        String key = key(annotation, name);
        LlmTag.Field field = annotation.field();
        if (parameter == Tag.RESULT && !OF_RESULTS.contains(field)) {
            throw new IllegalArgumentException(
                    "field is " + field + " — a result may set " + OF_RESULTS + " — move the tag to a parameter");
        }
        if (parameter != Tag.RESULT && field == LlmTag.Field.OUTPUT) {
            throw new IllegalArgumentException("field is OUTPUT — only a result has it — move the tag to the method");
        }
        boolean needsKey = field == LlmTag.Field.ATTRIBUTE || field == LlmTag.Field.VERSION;
        if (needsKey && (field == LlmTag.Field.VERSION ? key(annotation, "") : key).isBlank()) {
            throw new IllegalArgumentException("key is empty — " + field + " needs one — set key");
        }
        return new Tag(field, key, parameter, resolver(annotation));
    }

    private static String key(LlmTag annotation, String otherwise) {
        if (!annotation.key().isBlank()
                && !annotation.value().isBlank()
                && !annotation.key().equals(annotation.value())) {
            throw new IllegalArgumentException("value is '" + annotation.value() + "' and key is '" + annotation.key()
                    + "' — they are the same element — set one of them");
        }
        String key = annotation.key().isBlank() ? annotation.value() : annotation.key();
        return key.isBlank() ? otherwise : key;
    }

    private TagResolver resolver(LlmTag annotation) {
        if (annotation.resolver() != TagResolver.class) {
            return resolver(annotation.resolver());
        }
        String expression = annotation.expression();
        if (expression.isBlank()) {
            return value -> value;
        }
        TagExpressionResolver known = expressions;
        if (known == null) {
            throw new IllegalArgumentException("expression is '" + expression
                    + "' — no resolver of expressions is known — add org.springframework:spring-expression, or pass a"
                    + " TagExpressionResolver");
        }
        try {
            known.check(expression);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "expression is '" + expression + "' — it cannot be parsed — " + e.getMessage(), e);
        }
        return value -> known.resolve(expression, value);
    }

    private TagResolver resolver(Class<? extends TagResolver> type) {
        try {
            return resolvers.apply(type);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "resolver is " + type.getName() + " — it cannot be created (" + e.getMessage()
                            + ") — give it a constructor without parameters, or pass a source of resolvers",
                    e);
        }
    }
}
