package dev.llmops.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import dev.llmops.core.response.ResponseStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An asynchronous stream whose items, end and closing are reported. */
final class ObservedAsyncStream<T> implements AsyncStreamResponse<T> {

    private final AsyncStreamResponse<T> source;
    private final ResponseStream<T> report;

    ObservedAsyncStream(AsyncStreamResponse<T> source, ResponseStream<T> report) {
        this.source = source;
        this.report = report;
        // A request that fails before its stream begins reaches this future only, without a subscriber.
        var unused = source.onCompleteFuture().whenComplete((done, error) -> {
            if (error != null) {
                report.failed(error);
            }
        });
    }

    @Override
    public AsyncStreamResponse<T> subscribe(Handler<? super T> handler) {
        source.subscribe(new ObservedHandler(handler));
        return this;
    }

    @Override
    public AsyncStreamResponse<T> subscribe(Handler<? super T> handler, Executor executor) {
        source.subscribe(new ObservedHandler(handler), executor);
        return this;
    }

    @Override
    public CompletableFuture<Void> onCompleteFuture() {
        return source.onCompleteFuture();
    }

    /** Reports first: the client tells its handlers of a closed stream as of a complete one. */
    @Override
    public void close() {
        report.closed();
        source.close();
    }

    private final class ObservedHandler implements Handler<T> {

        private final Handler<? super T> handler;

        ObservedHandler(Handler<? super T> handler) {
            this.handler = handler;
        }

        @Override
        public void onNext(T item) {
            report.item(item);
            handler.onNext(item);
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            error.ifPresentOrElse(report::failed, report::completed);
            handler.onComplete(error);
        }
    }
}
