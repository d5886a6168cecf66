package dev.llmops.samples.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request body into memory, up to a limit; of what lies beyond it, nothing is kept. */
public final class BodyReader {

    public static final int MAX_BYTES = 1 << 20;

    // Reading a while on lets the refusal reach a client that only listens after it has sent all.
    private static final long MAX_DISCARDED_BYTES = 16L * MAX_BYTES;

    private final HttpServerRequest request;
    private final Promise<Buffer> result = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private long bytes;

    private BodyReader(HttpServerRequest request) {
        this.request = request;
    }

    /** Fails with a {@link ApiError.Refusal} as soon as the body is known to be too long. */
    static Future<Buffer> read(HttpServerRequest request) {
        BodyReader reader = new BodyReader(request);
        request.handler(reader::take);
        request.endHandler(ended -> reader.result.tryComplete(reader.body));
        request.exceptionHandler(reader.result::tryFail);
        if (declaredLength(request) > MAX_BYTES) {
            reader.refuse();
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        return reader.result.future();
    }

    private static long declaredLength(HttpServerRequest request) {
        String declared = request.getHeader("Content-Length");
        return declared == null ? 0 : Long.parseLong(declared);
    }

    private void take(Buffer bytesRead) {
        bytes += bytesRead.length();
        if (bytes > MAX_DISCARDED_BYTES) {
            request.connection().close();
        } else if (bytes > MAX_BYTES) {
            refuse();
        } else {
            body.appendBuffer(bytesRead);
        }
    }

    private void refuse() {
        result.tryFail(ApiError.invalid(413, "the body must have at most " + MAX_BYTES + " bytes")
                .refusal());
    }
}
