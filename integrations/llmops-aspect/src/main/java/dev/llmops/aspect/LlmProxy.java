package dev.llmops.aspect;

import dev.llmops.core.LlmOps;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Observes an object through one of its interfaces, without a weaver. The annotations may stand on the interface or on the
 * class of the object, whose own take precedence.
 *
 * <pre>{@code
 * ChatService service = LlmProxy.of(llmops, ChatService.class, new OpenAiChatService(client));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class LlmProxy {

    private LlmProxy() {}

    /**
     * Returns an object that observes the annotated methods of an interface.
     *
     * @param llmops observes the calls
     * @param type the interface
     * @param target does the work
     * @param <T> the interface
     * @return the observed object
     * @throws IllegalArgumentException if the type is no interface or has annotations that cannot work
     */
    public static <T> T of(LlmOps llmops, Class<T> type, T target) {
        return of(LlmAnnotations.of(llmops), type, target);
    }

    /**
     * Returns an object that observes the annotated methods of an interface.
     *
     * @param annotations the settings
     * @param type the interface
     * @param target does the work
     * @param <T> the interface
     * @return the observed object
     * @throws IllegalArgumentException if the type is no interface or has annotations that cannot work
     */
    public static <T> T of(LlmAnnotations annotations, Class<T> type, T target) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException("type is " + type.getName()
                    + " — only an interface can be proxied — pass an interface of the object, or use a weaver");
        }
        annotations.check(type, target.getClass());
        InvocationHandler handler = new Handler(annotations.observer(), target);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private record Handler(MethodObserver observer, Object target) implements InvocationHandler {

        private static final @Nullable Object[] NO_ARGUMENTS = {};

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return invoke(method, arguments);
            }
            return observer.all(
                    method,
                    target.getClass(),
                    arguments == null ? NO_ARGUMENTS : arguments,
                    () -> invoke(method, arguments));
        }

        private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            try {
                method.trySetAccessible();
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }
    }
}
