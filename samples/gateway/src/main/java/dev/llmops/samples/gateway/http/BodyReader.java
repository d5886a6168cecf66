package dev.llmops.samples.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads a request body into memory, up to a limit and within a time; bytes beyond the limit are discarded. Confined to the
 * request's event loop.
 */
final class BodyReader {

    /** The time that a client has to send its body. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    // Discarding the rest for a while lets the refusal reach a client that reads only after it has sent everything.
    private static final long MAX_DISCARDED_BYTES = 16L << 20;

    private final Exchange exchange;
    private final HttpServerRequest request;
    private final int maxBytes;
    private final Promise<Buffer> result = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private long bytes;

    private BodyReader(Exchange exchange, int maxBytes) {
        this.exchange = exchange;
        this.request = exchange.request;
        this.maxBytes = maxBytes;
    }

    /** Fails with a {@link ApiError.Refusal} as soon as the body is known to be too long, too late or broken. */
    static Future<Buffer> read(Vertx vertx, Exchange exchange, int maxBytes, Duration patience) {
        BodyReader reader = new BodyReader(exchange, maxBytes);
        HttpServerRequest request = exchange.request;
        request.handler(reader::take);
        request.endHandler(ended -> reader.end());
        request.exceptionHandler(reader::broken);
        long timer = vertx.setTimer(
                patience.toMillis(),
                due -> reader.refuseAndClose(
                        408,
                        "the body is not complete after " + patience.toSeconds()
                                + " s — it has that time — send it faster"));
        if (declaredLength(request) > maxBytes) {
            reader.refuse();
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        return reader.result.future().onComplete(done -> vertx.cancelTimer(timer));
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
        } else if (!exchange.takeMemory(bytes)) {
            refuseAndClose(503, "too many bodies wait in memory — others must end first — send it again later");
        } else if (!result.future().isComplete()) {
            body.appendBuffer(bytesRead);
        }
    }

    private void refuse() {
        result.tryFail(
                ApiError.invalid(413, "the body is too long — at most " + maxBytes + " bytes are allowed — shorten it")
                        .refusal());
    }

    private void end() {
        String defect = StrictRequestDecoder.brokenBody(request.connection());
        if (defect == null) {
            result.tryComplete(body);
        } else {
            broken(defect);
        }
    }

    private void broken(Throwable cause) {
        if (cause instanceof HttpClosedException) {
            result.tryFail(cause); // the client has left
        } else {
            broken(String.valueOf(cause.getMessage()));
        }
    }

    private void broken(String defect) {
        exchange.logInvalid("broken chunks");
        refuseAndClose(
                400,
                "the body is not valid HTTP (" + defect
                        + ") — correct chunks or a Content-Length are allowed — send it again");
    }

    private void refuseAndClose(int status, String message) {
        exchange.closeAfterAnswer();
        result.tryFail(ApiError.invalid(status, message).refusal());
    }
}
