package dev.llmops.samples.gateway.provider;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.net.ProtocolException;

/** Reads a body of the provider into memory, up to a limit. */
public final class BoundedBody {

    /** The longest body that is read, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private BoundedBody() {}

    /** Fails with a {@link ProtocolException} if the body is longer, and closes the connection. */
    public static Future<Buffer> read(HttpClientResponse response) {
        return read(response, MAX_BYTES);
    }

    static Future<Buffer> read(HttpClientResponse response, int maxBytes) {
        Promise<Buffer> result = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(result::tryFail);
        response.endHandler(ended -> result.tryComplete(body));
        response.handler(bytes -> {
            if (body.length() + bytes.length() > maxBytes) {
                result.tryFail(new ProtocolException("the provider's body is longer than " + maxBytes + " bytes"));
                response.request().reset();
            } else {
                body.appendBuffer(bytes);
            }
        });
        return result.future();
    }
}
