package dev.llmops.samples.gateway;

import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.chat.ChatEndpoint;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Route;
import dev.llmops.samples.gateway.provider.ApiFormat;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.relay.ModelsEndpoint;
import dev.llmops.samples.gateway.relay.RelayEndpoint;
import dev.llmops.samples.gateway.release.DecisionEndpoint;
import dev.llmops.samples.gateway.release.GateEndpoint;
import dev.llmops.samples.gateway.release.PlanEndpoint;
import dev.llmops.samples.gateway.release.StartEndpoint;
import dev.llmops.samples.gateway.views.CostEndpoint;
import dev.llmops.samples.gateway.views.EvaluationEndpoint;
import dev.llmops.samples.gateway.views.FeedbackEndpoint;
import dev.llmops.samples.gateway.views.IndexEndpoint;
import dev.llmops.samples.gateway.views.MetricsEndpoint;
import dev.llmops.samples.gateway.views.TracesEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/** The routes of the gateway. */
final class Routes {

    private Routes() {}

    /**
     * Creates all routes.
     *
     * @param maxRelayedBytes the longest body of a relayed request
     */
    static List<Route> of(
            Vertx vertx, Observability observability, ModelCalls models, OpenAiClient client, int maxRelayedBytes) {
        List<Route> routes = new ArrayList<>(List.of(
                get("/", new IndexEndpoint()),
                post("/chat", new ChatEndpoint(models, Gateway.DEFAULT_MODEL)),
                post("/feedback", new FeedbackEndpoint(observability.llmops)),
                post("/evaluation", new EvaluationEndpoint(observability.llmops)),
                get("/metrics", new MetricsEndpoint(vertx, observability.registry)),
                get("/health", (exchange, body) -> exchange.answer(200, "{\"status\":\"ok\"}")),
                get("/slo", (exchange, body) -> exchange.answer(200, observability.slo.json())),
                get("/cost", new CostEndpoint(vertx, observability.costs)),
                get(
                        TracesEndpoint.PREFIX + "{trace_id}",
                        new TracesEndpoint(vertx, observability.traces, observability.privacy)),
                get("/gate", new GateEndpoint(observability.releases)),
                get("/gate/plan", new PlanEndpoint(vertx, observability.releases)),
                post("/release", new StartEndpoint(vertx, observability.releases, observability.llmops.versionSet())),
                post(DecisionEndpoint.PATH, new DecisionEndpoint(vertx, observability.releases)),
                get(ModelsEndpoint.PATH, new ModelsEndpoint(client)),
                get(ModelsEndpoint.PATH + "/{model}", new ModelsEndpoint(client))));
        for (ApiFormat format : ApiFormat.values()) {
            routes.add(new Route(
                    HttpMethod.POST, "/v1" + format.path(), maxRelayedBytes, new RelayEndpoint(models, format)));
        }
        return routes;
    }

    private static Route get(String path, Endpoint endpoint) {
        return new Route(HttpMethod.GET, path, endpoint);
    }

    private static Route post(String path, Endpoint endpoint) {
        return new Route(HttpMethod.POST, path, endpoint);
    }
}
