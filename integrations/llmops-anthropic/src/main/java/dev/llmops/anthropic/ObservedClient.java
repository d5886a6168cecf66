package dev.llmops.anthropic;

import dev.llmops.core.record.Operation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A client, or one of its services, behind a proxy that measures the calls of models and passes everything else on. See
 * docs/decisions/integrations.md#the-clients-of-openai-and-anthropic-are-wrapped-by-proxies.
 */
final class ObservedClient implements InvocationHandler {

    private final Object source;
    private final Measuring measuring;

    private ObservedClient(Object source, Measuring measuring) {
        this.source = source;
        this.measuring = measuring;
    }

    static <T> T observe(Class<T> type, T source, Measuring measuring) {
        Object proxy = Proxy.newProxyInstance(
                ObservedClient.class.getClassLoader(), new Class<?>[] {type}, new ObservedClient(source, measuring));
        return type.cast(proxy);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (isInherited(method)) {
            // Runs the interface's own code on the proxy, so that the method it ends in is measured.
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        Operation operation = Endpoints.operation(method);
        if (operation != null && arguments != null) {
            return measuring.call(operation, method, arguments, given -> invoke(method, given));
        }
        Object result = invoke(method, arguments);
        return result != null && Endpoints.isPartOfClient(method.getReturnType())
                ? observeAny(method.getReturnType(), result)
                : result;
    }

    private <T> T observeAny(Class<T> type, Object part) {
        return observe(type, type.cast(part), measuring);
    }

    private boolean isInherited(Method method) throws NoSuchMethodException {
        return method.isDefault()
                && source.getClass()
                        .getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass()
                        .isInterface();
    }

    private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return method.getName().equals("equals") && arguments != null
                ? proxy == arguments[0]
                : invoke(method, arguments);
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(source, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
