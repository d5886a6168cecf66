package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Scope;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;

/**
 * Observes requests of the JDK's HTTP client, with any body handler: the call starts when the request is sent, reads its
 * chunks as they arrive from the network, and ends with the body. An HTTP error, a broken connection, an error object in
 * the stream and a stream without a finish reason are failures; a body that is closed early is a cancel.
 *
 * <pre>{@code
 * HttpResponse<Stream<String>> response = ObservedHttp.send(
 *     client, request, BodyHandlers.ofLines(),
 *     llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true), readers);
 * }</pre>
 *
 * @see ObservedInputStream the formats that are read
 * @since 0.1.0
 */
public final class ObservedHttp {

    private ObservedHttp() {}

    /**
     * Sends a request and waits for the response's headers, or for as much as the body handler waits for.
     *
     * @param client sends it
     * @param request the request
     * @param handler handles the body, which it receives unchanged
     * @param call describes the call
     * @param readers read the events of the body
     * @param <T> the type of the body
     * @return the response
     * @throws IOException if the exchange fails
     * @throws InterruptedException if the thread is interrupted
     */
    public static <T> HttpResponse<T> send(
            HttpClient client,
            HttpRequest request,
            BodyHandler<T> handler,
            LlmCallBuilder call,
            ResponseReaders readers)
            throws IOException, InterruptedException {
        LlmCall live = call.start();
        try (Scope scope = live.makeCurrent()) {
            return client.send(request, handler(handler, live, readers));
        } catch (Throwable e) {
            live.endOnce(e);
            throw e;
        }
    }

    /**
     * Sends a request.
     *
     * @param client sends it
     * @param request the request
     * @param handler handles the body, which it receives unchanged
     * @param call describes the call
     * @param readers read the events of the body
     * @param <T> the type of the body
     * @return the future that the client returned
     */
    public static <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpClient client,
            HttpRequest request,
            BodyHandler<T> handler,
            LlmCallBuilder call,
            ResponseReaders readers) {
        LlmCall live = call.start();
        try (Scope scope = live.makeCurrent()) {
            CompletableFuture<HttpResponse<T>> response = client.sendAsync(request, handler(handler, live, readers));
            var unused = response.whenComplete((answer, error) -> {
                if (error != null) {
                    live.endOnce(error);
                }
            });
            return response;
        } catch (Throwable e) {
            live.endOnce(e);
            throw e;
        }
    }

    /**
     * Returns a body handler that reports the body to a call and ends the call with it.
     *
     * @param handler handles the body, which it receives unchanged
     * @param call the call; that no response came is for the code that sends the request to report
     * @param readers read the events of the body
     * @param <T> the type of the body
     * @return the observed handler, for one request
     */
    public static <T> BodyHandler<T> handler(BodyHandler<T> handler, LlmCall call, ResponseReaders readers) {
        return info -> new ObservedBodySubscriber<>(handler.apply(info), info.statusCode(), call, readers);
    }
}
