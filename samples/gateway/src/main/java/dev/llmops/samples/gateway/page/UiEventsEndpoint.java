package dev.llmops.samples.gateway.page;

import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.EventStream;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** {@code GET /ui/events}: each later state of the page, until the client leaves. */
public final class UiEventsEndpoint implements Endpoint {

    private final Vertx vertx;
    private final LiveView view;

    /** Creates the endpoint. */
    public UiEventsEndpoint(Vertx vertx, LiveView view) {
        this.vertx = vertx;
        this.view = view;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        new Watcher(exchange).start();
    }

    /** A client of the events. Confined to its event loop. */
    private final class Watcher {

        private final Exchange exchange;
        private final EventStream stream;
        private final Context context = vertx.getOrCreateContext();
        private final Runnable ending = this::endLater;
        private boolean isSlow;
        private boolean ended;

        Watcher(Exchange exchange) {
            this.exchange = exchange;
            stream = new EventStream(exchange);
        }

        void start() {
            exchange.onClientGone(this::stop);
            view.opened(ending);
            send();
        }

        private void send() {
            if (!ended) {
                view.event().onComplete(event -> {
                    if (event.succeeded() && !ended && !isSlow) {
                        stream.add(null, event.result());
                        stream.flush(() -> isSlow = true, () -> isSlow = false);
                    }
                    vertx.setTimer(LiveView.PERIOD.toMillis(), due -> send());
                });
            }
        }

        private void endLater() {
            context.runOnContext(now -> {
                if (!ended) {
                    stop();
                    stream.end();
                }
            });
        }

        private void stop() {
            ended = true;
            view.closed(ending);
        }
    }
}
