package dev.llmops.test;

import dev.llmops.core.testing.RecordingListener;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Implements {@link WithCaptures}. */
final class CaptureExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(CaptureExtension.class);

    /** Lambdas, because a method reference would link its class at once, also where what that needs is missing. */
    private static final Map<Class<?>, Supplier<Object>> CAPTURES = Map.of(
            RecordingListener.class, () -> new RecordingListener(),
            LogCapture.class, () -> LogCapture.create(),
            SpanCapture.class, () -> SpanCapture.create());

    CaptureExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return CAPTURES.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        Object capture = store.get(type);
        if (capture == null) {
            capture = Objects.requireNonNull(CAPTURES.get(type)).get();
            store.put(type, capture);
        }
        return capture;
    }
}
