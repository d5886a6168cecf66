package dev.llmops.samples.gateway.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request under way. Confined to the event loop on which it was made. */
public final class ProviderCall {

    private static final String TERMINATOR = "[DONE]";

    private final ProviderHandler handler;
    private final boolean streaming;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean finishSeen;
    private boolean over;

    ProviderCall(ProviderHandler handler, boolean streaming) {
        this.handler = handler;
        this.streaming = streaming;
    }

    /** Gives the answer up: the connection is closed and the handler is told nothing more. */
    public void cancel() {
        boolean underWay = !over;
        // First, because the reset tells the response's handlers at once.
        over = true;
        if (underWay && request != null) {
            request.reset();
        }
    }

    /** Stops reading, so that the provider's sending stalls too. */
    public void pause() {
        if (response != null) {
            response.pause();
        }
    }

    /** Reads on. */
    public void resume() {
        if (response != null) {
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

    void fail(Throwable cause) {
        if (over) {
            return;
        }
        cancel();
        handler.onFailure(asCheckedException(cause));
    }

    private void receive(HttpClientResponse response) {
        this.response = response;
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
        if (!over) {
            over = true;
            handler.onFailure(
                    new ProviderException(response.statusCode(), body.toString(), response.getHeader("Retry-After")));
        }
    }

    private void receiveStream(HttpClientResponse response) {
        SseParser parser = new SseParser(this::event);
        response.handler(bytes -> {
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
        if (!over) {
            over = true;
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
