package dev.llmops.samples.gateway.page;

import dev.llmops.report.LivePage;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.buffer.Buffer;

/** {@code GET /ui}: the state of the gateway on one page. */
public final class UiEndpoint implements Endpoint {

    private final LiveView view;

    /** Creates the endpoint. */
    public UiEndpoint(LiveView view) {
        this.view = view;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        view.html().onSuccess(html -> answer(exchange, html)).onFailure(exchange::fail);
    }

    /** Answers with a document that may load nothing from elsewhere, and that no other page may frame. */
    static void answer(Exchange exchange, String html) {
        exchange.response
                .putHeader("Content-Security-Policy", LivePage.contentSecurityPolicy())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store");
        exchange.answer(200, "text/html; charset=utf-8", html);
    }
}
