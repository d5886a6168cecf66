package dev.llmops.samples.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request body into memory, up to a limit; bytes beyond it are discarded. */
public final class BodyReader {

    // Discarding the rest for a while lets the refusal reach a client that reads only after it has sent everything.
    private static final long MAX_DISCARDED_BYTES = 16L << 20;

    private final HttpServerRequest request;
    private final int maxBytes;
    private final Promise<Buffer> result = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private long bytes;

    private BodyReader(HttpServerRequest request, int maxBytes) {
        this.request = request;
        this.maxBytes = maxBytes;
    }

    /** Fails with a {@link ApiError.Refusal} as soon as the body is known to be too long. */
    static Future<Buffer> read(HttpServerRequest request, int maxBytes) {
        BodyReader reader = new BodyReader(request, maxBytes);
        request.handler(reader::take);
        request.endHandler(ended -> reader.result.tryComplete(reader.body));
        request.exceptionHandler(reader.result::tryFail);
        if (declaredLength(request) > maxBytes) {
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
        if (bytes > maxBytes + MAX_DISCARDED_BYTES) {
            request.connection().close();
        } else if (bytes > maxBytes) {
            refuse();
        } else {
            body.appendBuffer(bytesRead);
        }
    }

    private void refuse() {
        result.tryFail(
                ApiError.invalid(413, "the body is too long — at most " + maxBytes + " bytes are allowed — shorten it")
                        .refusal());
    }
}
