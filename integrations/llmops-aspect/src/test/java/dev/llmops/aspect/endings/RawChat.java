package dev.llmops.aspect.endings;

import dev.llmops.aspect.LlmObserved;
import dev.llmops.core.response.ServerSentEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** A client of chat completions as applications write them by hand: it retries a 503 once. */
@LlmObserved(provider = "openai", model = "gpt-4o", deadlineMillis = 400)
public class RawChat {

    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI provider;

    public RawChat(URI provider) {
        this.provider = provider;
    }

    public InputStream body(String message) throws IOException, InterruptedException {
        return open(message);
    }

    public Stream<ServerSentEvent> stream(String message) throws IOException, InterruptedException {
        return events(open(message));
    }

    public Iterator<ServerSentEvent> iterator(String message) throws IOException, InterruptedException {
        Stream<ServerSentEvent> events = events(open(message));
        return new ClosableIterator(events.iterator(), events);
    }

    public CompletableFuture<HttpResponse<String>> future(String message) {
        return HTTP.sendAsync(request(message, false), BodyHandlers.ofString());
    }

    public CompletableFuture<HttpResponse<String>> futureWithRetry(String message) {
        HttpRequest request = request(message, false);
        return HTTP.sendAsync(request, BodyHandlers.ofString())
                .thenCompose(response -> response.statusCode() == 503
                        ? HTTP.sendAsync(request, BodyHandlers.ofString())
                        : CompletableFuture.completedFuture(response));
    }

    public Flow.Publisher<ServerSentEvent> publisher(String message) {
        return subscriber -> subscribe(request(message, true), subscriber, true);
    }

    public Flux<ServerSentEvent> flux(String message) {
        return JdkFlowAdapter.flowPublisherToFlux(subscriber -> subscribe(request(message, true), subscriber, true));
    }

    private HttpRequest request(String message, boolean stream) {
        return request(provider, message, stream);
    }

    static HttpRequest request(URI provider, String message, boolean stream) {
        String json = "{\"model\":\"gpt-4o\",\"stream\":" + stream + ",\"messages\":[" + message + "]}";
        return HttpRequest.newBuilder(provider.resolve("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private InputStream open(String message) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HTTP.send(request(message, true), BodyHandlers.ofInputStream());
        if (response.statusCode() == 503) {
            response.body().close();
            return HTTP.send(request(message, true), BodyHandlers.ofInputStream())
                    .body();
        }
        return response.body();
    }

    /** Returns the events of a body; closing the stream closes the body. */
    static Stream<ServerSentEvent> events(InputStream body) {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> new ServerSentEvent(null, line.substring(6)))
                .onClose(() -> close(body));
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the request when it is subscribed to, and cancels it with the subscription. */
    private static void subscribe(
            HttpRequest request, Flow.Subscriber<? super ServerSentEvent> subscriber, boolean retries) {
        BodyHandler<Void> handler = info -> info.statusCode() == 503 && retries
                ? HttpResponse.BodySubscribers.discarding()
                : HttpResponse.BodySubscribers.fromLineSubscriber(new Events(subscriber));
        HTTP.sendAsync(request, handler).whenComplete((response, error) -> {
            if (error == null && response.statusCode() == 503) {
                subscribe(request, subscriber, false);
            }
        });
    }

    /** Makes events of lines. */
    private record Events(Flow.Subscriber<? super ServerSentEvent> actual, Flow.Subscription[] subscription)
            implements Flow.Subscriber<String> {

        Events(Flow.Subscriber<? super ServerSentEvent> actual) {
            this(actual, new Flow.Subscription[1]);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription[0] = subscription;
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("data: ")) {
                actual.onNext(new ServerSentEvent(null, line.substring(6)));
            } else {
                subscription[0].request(1);
            }
        }

        @Override
        public void onError(Throwable error) {
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }
    }

    /** An iterator that closes its body. */
    private record ClosableIterator(Iterator<ServerSentEvent> items, Stream<ServerSentEvent> source)
            implements Iterator<ServerSentEvent>, AutoCloseable {

        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public ServerSentEvent next() {
            return items.next();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
