package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReaders;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A response that the application closes and whose items it gets as a stream or an iterator, such as the
 * {@code StreamResponse} of the clients of OpenAI and Anthropic. The first stream is the answer; closing the response before
 * its end cancels the call.
 */
final class ClosableResponse implements InvocationHandler {

    private static final @Nullable Object[] NO_ARGUMENTS = {};

    private final Object target;
    private final LlmCall call;
    private final ResponseReaders readers;
    private final AtomicReference<@Nullable LlmCall> unread;

    private ClosableResponse(Object target, LlmCall call, ResponseReaders readers) {
        this.target = target;
        this.call = call;
        this.readers = readers;
        this.unread = new AtomicReference<>(call);
    }

    /** Returns true if a declared type is an interface that can be closed and has a method for its items. */
    static boolean supports(Class<?> declared) {
        if (!declared.isInterface()
                || !AutoCloseable.class.isAssignableFrom(declared)
                || BaseStream.class.isAssignableFrom(declared)) {
            return false;
        }
        return Stream.of(declared.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .anyMatch(method -> method.getReturnType() == Stream.class || method.getReturnType() == Iterator.class);
    }

    static Object observe(Object response, Class<?> declared, LlmCall call, ResponseReaders readers) {
        return Proxy.newProxyInstance(
                declared.getClassLoader(), new Class<?>[] {declared}, new ClosableResponse(response, call, readers));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("close") && method.getParameterCount() == 0) {
            call.close();
        }
        Object result = run(method, arguments == null ? NO_ARGUMENTS : arguments);
        if (result instanceof Stream<?> stream) {
            LlmCall first = unread.getAndSet(null);
            return first == null ? stream : readers.observe(stream, first);
        }
        if (result instanceof Iterator<?> iterator) {
            LlmCall first = unread.getAndSet(null);
            return first == null ? iterator : readers.observe(iterator, first);
        }
        return result;
    }

    private @Nullable Object run(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            method.trySetAccessible();
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
