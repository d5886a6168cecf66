package dev.llmops.anthropic;

import com.anthropic.core.http.HttpResponseFor;
import dev.llmops.core.LlmCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A raw response, whose call is measured when it is parsed; one that is closed unparsed ends its call. */
final class RawResponse implements InvocationHandler {

    private final HttpResponseFor<?> source;
    private final LlmCall call;
    private final UnaryOperator<@Nullable Object> whenParsed;
    private @Nullable Object parsed;

    private RawResponse(HttpResponseFor<?> source, LlmCall call, UnaryOperator<@Nullable Object> whenParsed) {
        this.source = source;
        this.call = call;
        this.whenParsed = whenParsed;
    }

    static Object observe(HttpResponseFor<?> source, LlmCall call, UnaryOperator<@Nullable Object> whenParsed) {
        return Proxy.newProxyInstance(
                RawResponse.class.getClassLoader(),
                new Class<?>[] {HttpResponseFor.class},
                new RawResponse(source, call, whenParsed));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("parse")) {
            return parse();
        }
        if (method.getName().equals("close") && parsed == null) {
            call.endOnce(null);
        }
        try {
            return method.invoke(source, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private synchronized @Nullable Object parse() {
        if (parsed == null) {
            try {
                parsed = whenParsed.apply(source.parse());
            } catch (RuntimeException | Error e) {
                call.endOnce(e);
                throw e;
            }
        }
        return parsed;
    }
}
