package dev.llmops.aspect;

import dev.llmops.core.record.Operation;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the annotations of methods: those of the class first, then those of the interfaces that it implements. */
final class MethodReader {

    private static final Pattern OPERATION = Pattern.compile("[a-z][a-z0-9_]*");
    private static final String UNKNOWN = "unknown";

    private final TagReader tags;
    private final UnaryOperator<String> placeholders;

    MethodReader(TagReader tags, UnaryOperator<String> placeholders) {
        this.tags = tags;
        this.placeholders = placeholders;
    }

    /**
     * Returns the method itself and those that it overrides.
     *
     * @param method a method of the class, or of an interface of it
     * @param type the class of the object that it is called on
     */
    static List<Method> declarations(Method method, Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(type, types);
        Set<Method> found = new LinkedHashSet<>();
        for (Class<?> each : types) {
            declared(each, method).ifPresent(found::add);
        }
        found.add(method);
        return List.copyOf(found);
    }

    private static Optional<Method> declared(Class<?> type, Method method) {
        try {
            return Optional.of(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static void collect(Class<?> type, Set<Class<?>> types) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            types.add(each);
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> parent : each.getInterfaces()) {
                collect(parent, types);
            }
        }
    }

    /** Returns true if a method of a type is to be observed. */
    static boolean isObserved(List<Method> declarations) {
        return declarations.stream()
                .anyMatch(method -> method.isAnnotationPresent(LlmObserved.class)
                        || method.getDeclaringClass().isAnnotationPresent(LlmObserved.class));
    }

    ObservedMethod read(Method method, Class<?> type) {
        List<Method> declarations = declarations(method, type);
        List<LlmObserved> annotations = annotations(declarations, type);
        Method first = declarations.get(0);
        List<String> problems = new ArrayList<>();
        ReturnShape shape = ReturnShape.of(first.getReturnType());
        return new ObservedMethod(
                operation(first(annotations, LlmObserved::operation, "chat"), first, problems),
                first(annotations, LlmObserved::provider, UNKNOWN),
                first(annotations, LlmObserved::model, UNKNOWN),
                first(annotations, LlmObserved::feature, ""),
                shape.isStreaming() || annotations.stream().anyMatch(LlmObserved::streaming),
                deadline(annotations, first, problems),
                shape,
                method.getReturnType(),
                tags.ofParameters(declarations, problems),
                tags.ofResult(declarations, problems),
                isObserved(declarations),
                name(declarations, LlmPhase.class, LlmPhase::value),
                name(declarations, LlmTool.class, LlmTool::value),
                problems);
    }

    /** Returns the annotations that apply, the most specific first. */
    private static List<LlmObserved> annotations(List<Method> declarations, Class<?> type) {
        List<AnnotatedElement> elements = new ArrayList<>(declarations);
        elements.add(type);
        declarations.forEach(declaration -> elements.add(declaration.getDeclaringClass()));
        return elements.stream()
                .map(element -> element.getAnnotation(LlmObserved.class))
                .filter(annotation -> annotation != null)
                .distinct()
                .toList();
    }

    private String first(List<LlmObserved> annotations, Function<LlmObserved, String> element, String otherwise) {
        return annotations.stream()
                .map(element)
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(placeholders)
                .orElse(otherwise);
    }

    private static Operation operation(String name, Method method, List<String> problems) {
        if (OPERATION.matcher(name).matches()) {
            return new Operation(name);
        }
        problems.add("operation of " + describe(method) + " is '" + name
                + "' — lower-case words joined by underscores are allowed — use e.g. chat or embeddings");
        return Operation.CHAT;
    }

    private static @Nullable Duration deadline(List<LlmObserved> annotations, Method method, List<String> problems) {
        long millis = annotations.stream()
                .mapToLong(LlmObserved::deadlineMillis)
                .filter(value -> value != 0)
                .findFirst()
                .orElse(0);
        if (millis < 0) {
            problems.add("deadlineMillis of " + describe(method) + " is " + millis
                    + " — a positive number is allowed, or 0 for none — correct it");
        }
        return millis <= 0 ? null : Duration.ofMillis(millis);
    }

    /** Returns the name of an interval: that of its annotation, else that of the method; null without the annotation. */
    private static <A extends Annotation> @Nullable String name(
            List<Method> declarations, Class<A> annotation, Function<A, String> value) {
        return declarations.stream()
                .filter(declaration -> declaration.isAnnotationPresent(annotation))
                .findFirst()
                .map(declaration -> {
                    String name = value.apply(declaration.getAnnotation(annotation));
                    return name.isBlank() ? declaration.getName() : name;
                })
                .orElse(null);
    }

    static String describe(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
