package dev.llmops.samples.gateway.provider;

import dev.llmops.core.error.ProviderErrors;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request under way. Confined to the event loop on which it was made. */
public final class ProviderCall {

    private static final String TERMINATOR = "[DONE]";

    private final ProviderHandler handler;
    private final boolean streaming;
    private final SilenceGuard silence;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean finishSeen;
    private boolean over;

    ProviderCall(Vertx vertx, Duration maxSilence, boolean streaming, ProviderHandler handler) {
        this.handler = handler;
        this.streaming = streaming;
        silence = new SilenceGuard(
                vertx, maxSilence, () -> fail(new TimeoutException("the provider was silent for " + maxSilence)));
    }

    /** Gives the answer up: the connection is closed and the handler is told nothing more. */
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

    /** Reads on. */
    public void resume() {
        if (response != null) {
            silence.setDeaf(false);
            response.resume();
        }
    }

    void send(HttpClientRequest request, Buffer body) {
        if (over) {
            request.reset();
            return;
        }
        this.request = request;
        request.send(body).onSuccess(this::receive).onFailure(this::fail);
    }

    /** Taken before anything else is done about an ending, because closing a connection is told to its handlers. */
    private boolean isFirstEnding() {
        if (over) {
            return false;
        }
        over = true;
        silence.stop();
        return true;
    }

    void fail(Throwable cause) {
        if (isFirstEnding()) {
            if (request != null) {
                request.reset();
            }
            handler.onFailure(asCheckedException(cause));
        }
    }

    private void receive(HttpClientResponse response) {
        this.response = response;
        silence.heard();
        response.exceptionHandler(this::fail);
        if (response.statusCode() != 200) {
            response.body().onSuccess(body -> refuse(response, body)).onFailure(this::fail);
        } else if (streaming) {
            receiveStream(response);
        } else {
            response.body()
                    .onSuccess(body -> {
                        chunk(body.toString());
                        end();
                    })
                    .onFailure(this::fail);
        }
    }

    private void refuse(HttpClientResponse response, Buffer body) {
        if (isFirstEnding()) {
            handler.onFailure(new ProviderException(
                    ProviderErrors.ofHttp(response.statusCode(), body.toString()), response.getHeader("Retry-After")));
        }
    }

    private void receiveStream(HttpClientResponse response) {
        SseParser parser = new SseParser(this::event);
        response.handler(bytes -> {
            silence.heard();
            try {
                parser.feed(bytes.getBytes());
            } catch (ProtocolException e) {
                fail(e);
            }
        });
        response.endHandler(ended -> {
            if (finishSeen) {
                end();
            } else {
                fail(new ProtocolException("the provider's stream ended without a finish reason or [DONE]"));
            }
        });
    }

    private void event(String data) {
        if (data.equals(TERMINATOR)) {
            end();
        } else {
            chunk(data);
        }
    }

    private void chunk(String data) {
        if (over) {
            return;
        }
        try {
            ProviderChunk chunk = ProviderChunk.parse(data);
            finishSeen |= chunk.finishReason() != null;
            handler.onChunk(chunk);
        } catch (ProtocolException | ProviderException e) {
            fail(e);
        }
    }

    private void end() {
        if (isFirstEnding()) {
            handler.onEnd();
        }
    }

    private static Exception asCheckedException(Throwable cause) {
        if (cause instanceof ProviderException || cause instanceof TimeoutException || cause instanceof IOException) {
            return (Exception) cause;
        }
        return new IOException("the connection to the provider was lost", cause);
    }
}
