package dev.llmops.openai;

import com.openai.core.http.HttpResponse;
import dev.llmops.core.LlmCall;
import dev.llmops.openai.internal.AudioReading;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A response of spoken audio, whose call ends with its body; one that is closed before that is cancelled. */
final class SpeechResponse implements InvocationHandler {

    private final HttpResponse source;
    private final LlmCall call;
    private final long characters;
    private @Nullable InputStream body;

    private SpeechResponse(HttpResponse source, LlmCall call, long characters) {
        this.source = source;
        this.call = call;
        this.characters = characters;
    }

    static HttpResponse observe(HttpResponse source, LlmCall call, long characters) {
        Object proxy = Proxy.newProxyInstance(
                SpeechResponse.class.getClassLoader(),
                new Class<?>[] {HttpResponse.class},
                new SpeechResponse(source, call, characters));
        return (HttpResponse) proxy;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("body")) {
            return body();
        }
        if (method.getName().equals("close")) {
            call.close();
        }
        try {
            return method.invoke(source, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private synchronized InputStream body() {
        if (body == null) {
            body = new Body(source.body());
        }
        return body;
    }

    private final class Body extends FilterInputStream {

        private boolean hasBegun;

        Body(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            try {
                return report(super.read());
            } catch (IOException | RuntimeException e) {
                call.endOnce(e);
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return report(super.read(bytes, offset, length));
            } catch (IOException | RuntimeException e) {
                call.endOnce(e);
                throw e;
            }
        }

        private int report(int read) {
            if (read < 0 && !call.isEnded()) {
                call.usage(AudioReading.spoken(characters));
                call.endOnce(null);
            } else if (!hasBegun) {
                hasBegun = true;
                call.chunk(0);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            call.close();
            super.close();
        }
    }
}
