package dev.llmops.samples.gateway.views;

import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.buffer.Buffer;

/** {@code GET /}: a page of links to everything that the gateway shows. */
public final class IndexEndpoint implements Endpoint {

    // Links are relative, so that the page works behind any address.
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>llmops gateway</title>
            <meta name="viewport" content="width=device-width">
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
            code,pre{font-family:ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid}
            :root{color-scheme:light dark}</style></head>
            <body><h1>llmops gateway</h1>
            <ul>
            <li><a href="ui">/ui</a>: the state of all of it on one page</li>
            <li><a href="slo">/slo</a>: objectives, error budgets and alerts</li>
            <li><a href="gate">/gate</a>: the release under way, and <a href="gate/plan">its plan</a></li>
            <li><a href="metrics">/metrics</a>: golden signals for Prometheus</li>
            <li>/cost by <a href="cost?by=user">user</a>, <a href="cost?by=feature">feature</a>,
            <a href="cost?by=model">model</a>, <a href="cost?by=version_set">version set</a>,
            <a href="cost?by=tenant">tenant</a></li>
            <li>/traces/{trace_id}: the calls and events of one trace</li>
            <li><a href="v1/models">/v1/models</a>: the models of the provider</li>
            <li><a href="health">/health</a></li>
            </ul>
            <h2>Ask a model</h2>
            <pre>curl -sS <span class="address"></span>/chat -H 'Content-Type: application/json' --data '{"user_id":"u1","prompt":"Hello","budget_ms":1000}'</pre>
            <p>Any OpenAI client works with <code><span class="address"></span>/v1</code> as its base URL.</p>
            <script>for (const e of document.querySelectorAll(".address")) e.textContent = location.origin;</script>
            </body></html>
            """;

    @Override
    public void handle(Exchange exchange, Buffer body) {
        exchange.answer(200, "text/html; charset=utf-8", PAGE);
    }
}
