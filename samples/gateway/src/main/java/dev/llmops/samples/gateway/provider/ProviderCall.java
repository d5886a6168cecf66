package dev.llmops.samples.gateway.provider;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import dev.llmops.samples.gateway.provider.Transport.Sender;
import dev.llmops.slo.Durations;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A request in progress. Confined to the event loop on which it was made. */
public final class ProviderCall {

    private final ProviderRequest asked;
    private final ProviderHandler handler;
    private final Sender sender;
    private final AnswerReader reader;
    private final SilenceGuard silence;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean retried;
    private boolean over;

    ProviderCall(Vertx vertx, Duration maxSilence, ProviderRequest asked, ProviderHandler handler, Sender sender) {
        this.asked = asked;
        this.handler = handler;
        this.sender = sender;
        reader = asked.format().newReader(asked);
        silence = new SilenceGuard(
                vertx,
                maxSilence,
                () -> fail(new TimeoutException("the provider sent nothing for " + Durations.format(maxSilence))));
    }

    /** Cancels the call: the connection is closed and the handler is not called again. */
    public void cancel() {
        if (isFirstEnding() && request != null) {
            request.reset();
        }
    }

    /** Stops reading, so that the provider's sending stalls too. */
    public void pause() {
        if (response != null) {
            silence.setDeaf(true);
            response.pause();
        }
    }

    /** Continues reading. */
    public void resume() {
        if (response != null) {
            silence.setDeaf(false);
            response.resume();
        }
    }

    void start(JsonNode body) {
        sender.connect()
                .onSuccess(connected -> send(connected, Buffer.buffer(body.toString())))
                .onFailure(cause -> fail(sender.notConnected(cause)));
    }

    private void send(HttpClientRequest connected, Buffer body) {
        if (over) {
            connected.reset();
            return;
        }
        request = connected;
        connected.send(body).onSuccess(this::receive).onFailure(this::fail);
    }

    /** Taken before anything else is done about an ending, because closing a connection calls its handlers. */
    private boolean isFirstEnding() {
        if (over) {
            return false;
        }
        over = true;
        silence.stop();
        return true;
    }

    private void fail(Throwable cause) {
        if (isFirstEnding()) {
            if (request != null) {
                request.reset();
            }
            handler.onFailure(Transport.asCheckedException(cause));
        }
    }

    private void receive(HttpClientResponse response) {
        if (over) {
            return;
        }
        this.response = response;
        silence.heard();
        response.exceptionHandler(this::fail);
        if (response.statusCode() / 100 != 2) {
            BoundedBody.read(response)
                    .onSuccess(body -> refused(response, body))
                    .onFailure(this::fail);
            return;
        }
        handler.onHead(ProviderHead.of(response.statusCode(), response.headers()));
        if (asked.isStreaming() && !isJson(response)) {
            receiveStream(response);
        } else {
            BoundedBody.read(response).onSuccess(this::whole).onFailure(this::fail);
        }
    }

    private static boolean isJson(HttpClientResponse response) {
        String type = response.getHeader("Content-Type");
        return type != null && type.startsWith("application/json");
    }

    private void refused(HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        String text = body.toString();
        if (asked.fallback() != null && !retried && status < 500 && text.contains("stream_options")) {
            retried = true;
            sender.fallbackNeeded();
            handler.onRetry();
            start(asked.fallback());
        } else if (!over) {
            handler.onHead(ProviderHead.of(status, response.headers()));
            if (isFirstEnding()) {
                handler.onFailure(ProviderException.of(ProviderErrors.ofHttp(status, text), text));
            }
        }
    }

    private void whole(Buffer body) {
        chunk(null, body.toString());
        end(false);
    }

    private void receiveStream(HttpClientResponse response) {
        StreamBody body = new StreamBody(this::event);
        response.handler(bytes -> {
            silence.heard();
            try {
                body.feed(bytes.getBytes());
            } catch (ProtocolException e) {
                fail(e);
            }
            handler.onReadComplete();
        });
        response.endHandler(ended -> {
            body.plainJson().ifPresent(json -> chunk(null, json));
            end(false);
        });
    }

    private void event(@Nullable String event, String data) {
        if (data.equals(AnswerReader.DONE)) {
            end(true);
        } else {
            chunk(event, data);
        }
    }

    private void chunk(@Nullable String event, String data) {
        if (over) {
            return;
        }
        try {
            ProviderChunk chunk = reader.read(event, data);
            handler.onChunk(chunk);
            if (asked.isStreaming() && reader.isLast(chunk)) {
                end(true);
            }
        } catch (ProtocolException | ProviderException e) {
            fail(e);
        }
    }

    private void end(boolean terminated) {
        Optional<CallError> incompleteness = over ? Optional.empty() : reader.incompleteness(terminated);
        if (incompleteness.isPresent()) {
            fail(new ProviderException(incompleteness.get(), MissingNode.getInstance()));
        } else if (isFirstEnding()) {
            handler.onEnd();
        }
    }
}
