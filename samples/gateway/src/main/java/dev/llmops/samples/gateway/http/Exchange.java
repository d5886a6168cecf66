package dev.llmops.samples.gateway.http;

import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.tracing.TraceHeaders;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of a client and its answer. However it ends, it is counted once in the gateway's own metrics, and before the
 * client receives the end. Confined to the request's event loop.
 */
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final InvalidRequestLog INVALID = new InvalidRequestLog(System::nanoTime, LOG::warn);

    /** The status in the metrics for a client that disconnected before it was answered. */
    static final int CLIENT_GONE = 499;

    public final HttpServerRequest request;
    public final HttpServerResponse response;
    public final CallerTrace trace;

    final Vertx vertx;
    public final String requestId = UUID.randomUUID().toString();

    private final HttpMetrics metrics;
    private final Privacy privacy;
    private final MemoryBudget memory;
    private long memoryTaken;
    private final String route;
    private final long startNanos = System.nanoTime();
    private Runnable onClientGone = () -> {};
    private Identity identity = Identity.UNKNOWN;
    private @Nullable String traceId;
    private boolean isCall;
    private boolean ended;
    private boolean closing;

    Exchange(
            Vertx vertx,
            HttpServerRequest request,
            String route,
            HttpMetrics metrics,
            Privacy privacy,
            MemoryBudget memory) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.route = route;
        this.metrics = metrics;
        this.privacy = privacy;
        this.memory = memory;
        trace = CallerTrace.read(this::header, privacy);
        response.putHeader("x-request-id", requestId);
        if (trace.id() != null) {
            showTrace(trace.id());
        }
        response.exceptionHandler(broken -> clientGone());
        response.closeHandler(closed -> clientGone());
    }

    /** Returns a header's value; a list in several lines is joined, as HTTP defines. */
    private @Nullable String header(String name) {
        List<String> lines = request.headers().getAll(name);
        return lines.size() > 1 && !name.equals(TraceHeaders.X_TRACE_ID)
                ? String.join(",", lines)
                : request.getHeader(name);
    }

    private void showTrace(String traceId) {
        this.traceId = traceId;
        response.putHeader(TraceHeaders.X_TRACE_ID, traceId);
    }

    /** Records the trace of the call that the request became; call before the answer. */
    public void belongsTo(String traceId) {
        isCall = true;
        showTrace(traceId);
    }

    void identify(Identity identity) {
        this.identity = identity;
    }

    /** Returns who sends the request. */
    public Identity identity() {
        return identity;
    }

    /** Sets the action to run if the client disconnects before the end. */
    public void onClientGone(Runnable action) {
        onClientGone = action;
    }

    private void clientGone() {
        if (!ended) {
            count(CLIENT_GONE);
            onClientGone.run();
        }
    }

    /** Returns the error with everything private removed from its texts. */
    public ApiError redacted(ApiError error) {
        return error.redacted(privacy);
    }

    /** Adds headers of the provider's answer; ignored once the response has begun. */
    public void relay(Map<String, String> headers) {
        if (!response.headWritten()) {
            headers.forEach(response::putHeader);
        }
    }

    /** Returns an empty JSON object that names the request, and its trace if it has one. */
    public ObjectNode newBody() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (traceId != null) {
            body.put("trace_id", traceId);
        }
        return body.put("request_id", requestId);
    }

    public void answer(int status, JsonNode body) {
        answer(status, body.toString());
    }

    public void answer(int status, String json) {
        answer(status, "application/json", json);
    }

    /** Answers with a body of any type. */
    public void answer(int status, String contentType, String body) {
        response.setStatusCode(status).putHeader("Content-Type", contentType);
        end(body);
    }

    /** Returns the part of the request's path that stands in place of the route's parameter. */
    public String pathParameter(String route) {
        String path = Objects.requireNonNullElse(request.path(), "");
        int from = route.indexOf('{');
        return path.substring(from, path.length() - (route.length() - route.indexOf('}') - 1));
    }

    /** Refuses the request with the error of a refusal; any other failure is logged and becomes a 500. */
    public void fail(Throwable failure) {
        OutOfMemory.check(failure);
        if (failure instanceof ApiError.Refusal refusal) {
            refuse(refusal.error());
        } else if (failure instanceof HttpClosedException) {
            clientGone();
        } else {
            LOG.error("request {} failed: {}", requestId, privacy.text(stackTraceOf(failure)));
            refuse(new ApiError(500, "internal", "the gateway failed; its log has the details", null));
        }
    }

    private static String stackTraceOf(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Refuses a request that is no valid HTTP, and closes its connection. */
    void refuseInvalid(int status, String reason, String message) {
        logInvalid(reason);
        closeAfterAnswer();
        refuse(ApiError.invalid(status, message));
    }

    void logInvalid(String reason) {
        INVALID.refused(String.valueOf(request.remoteAddress().hostAddress()), reason);
    }

    /** Closes the connection after the answer, because the start of the next request is not known. */
    void closeAfterAnswer() {
        if (!response.headWritten() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
            closing = true;
            Connections.end(request.connection());
        }
    }

    /**
     * Sends nothing more. Vert.x closes only what the client wants to have closed; and to close both directions while the client
     * still sends would reset the connection, so that the client might not see the answer.
     */
    private void hangUp() {
        if (!request.isSSL()
                && request.connection() instanceof HttpServerConnection connection
                && connection.channelHandlerContext().channel() instanceof DuplexChannel channel) {
            ChannelFuture unused = channel.shutdownOutput(); // fails only where the client has left
        } else {
            request.connection().close();
        }
    }

    public void refuse(ApiError error) {
        if (!ended) {
            answer(error.status(), error.redacted(privacy).writeTo(newBody()));
        }
    }

    public void end(String lastPiece) {
        end(Buffer.buffer(lastPiece));
    }

    /** Ends the answer with its last piece. */
    public void end(Buffer lastPiece) {
        if (ended) {
            return;
        }
        long length = lastPiece.length() <= MemoryBudget.FREE_BYTES ? 0 : lastPiece.length();
        if (!memory.take(length)) {
            // The answers of clients that do not read fill the memory; this one is not kept beside them.
            count(CLIENT_GONE);
            Connections.cut(request.connection());
            return;
        }
        count(response.getStatusCode());
        response.end(lastPiece).onComplete(written -> {
            memory.giveBack(length);
            if (closing) {
                hangUp();
            }
        });
    }

    /**
     * Takes memory for a body, until the exchange has ended; false if there is none.
     *
     * @param bytes the length of the body so far
     */
    boolean takeMemory(long bytes) {
        long more = bytes <= MemoryBudget.FREE_BYTES ? 0 : bytes - memoryTaken;
        if (ended || !memory.take(more)) {
            return false;
        }
        memoryTaken += more;
        return true;
    }

    private void count(int status) {
        ended = true;
        memory.giveBack(memoryTaken);
        memoryTaken = 0;
        metrics.requestEnded(
                request.method().name(), route, status, System.nanoTime() - startNanos, isCall ? traceId : null);
    }
}
