package dev.llmops.samples.gateway;

import dev.llmops.samples.gateway.calls.ForwardedHeaders;
import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.chat.ChatEndpoint;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Role;
import dev.llmops.samples.gateway.http.Route;
import dev.llmops.samples.gateway.page.UiEndpoint;
import dev.llmops.samples.gateway.page.UiEventsEndpoint;
import dev.llmops.samples.gateway.page.UiTraceEndpoint;
import dev.llmops.samples.gateway.provider.ApiFormat;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.relay.ModelsEndpoint;
import dev.llmops.samples.gateway.relay.RelayEndpoint;
import dev.llmops.samples.gateway.release.DecisionEndpoint;
import dev.llmops.samples.gateway.release.GateEndpoint;
import dev.llmops.samples.gateway.release.PackEndpoint;
import dev.llmops.samples.gateway.release.PlanEndpoint;
import dev.llmops.samples.gateway.release.StartEndpoint;
import dev.llmops.samples.gateway.views.CostEndpoint;
import dev.llmops.samples.gateway.views.EvaluationEndpoint;
import dev.llmops.samples.gateway.views.FeedbackEndpoint;
import dev.llmops.samples.gateway.views.HealthEndpoint;
import dev.llmops.samples.gateway.views.IndexEndpoint;
import dev.llmops.samples.gateway.views.MetricsEndpoint;
import dev.llmops.samples.gateway.views.SloEndpoint;
import dev.llmops.samples.gateway.views.TracesEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The routes of the gateway. */
final class Routes {

    private Routes() {}

    /**
     * Creates all routes.
     *
     * @param maxRelayedBytes the longest body of a relayed request
     */
    static List<Route> of(
            Vertx vertx,
            Observability views,
            ModelCalls models,
            OpenAiClient client,
            ForwardedHeaders forwarded,
            int maxRelayedBytes) {
        List<Route> routes = new ArrayList<>(List.of(
                new Route(HttpMethod.GET, "/health", Set.of(), new HealthEndpoint(views.costs)),
                call(HttpMethod.POST, "/chat", new ChatEndpoint(models, Gateway.DEFAULT_MODEL)),
                call(HttpMethod.POST, "/feedback", new FeedbackEndpoint(views.llmops)),
                call(HttpMethod.POST, "/evaluation", new EvaluationEndpoint(views.llmops)),
                call(HttpMethod.GET, ModelsEndpoint.PATH, new ModelsEndpoint(client, forwarded)),
                call(HttpMethod.GET, ModelsEndpoint.PATH + "/{model}", new ModelsEndpoint(client, forwarded)),
                observe("/", new IndexEndpoint()),
                observe("/ui", new UiEndpoint(views.view)),
                observe("/ui/events", new UiEventsEndpoint(vertx, views.view)),
                observe(UiTraceEndpoint.PREFIX + "{trace_id}", new UiTraceEndpoint(vertx, views.traces, views.privacy)),
                observe("/metrics", new MetricsEndpoint(vertx, views.registry)),
                observe("/slo", new SloEndpoint(vertx, views.slo, views.prometheus, views.clock)),
                observe("/cost", new CostEndpoint(vertx, views.costs)),
                observe(TracesEndpoint.PREFIX + "{trace_id}", new TracesEndpoint(vertx, views.traces, views.privacy)),
                observe("/gate", new GateEndpoint(views.releases)),
                observe(
                        PackEndpoint.PATH,
                        new PackEndpoint(vertx, views.releases, views.policyYaml, views.traces, views.privacy)),
                observe("/gate/plan", new PlanEndpoint(vertx, views.releases)),
                operate("/release", new StartEndpoint(vertx, views.releases, views.llmops.versionSet())),
                operate(DecisionEndpoint.PATH, new DecisionEndpoint(vertx, views.releases))));
        for (ApiFormat format : ApiFormat.values()) {
            routes.add(new Route(
                    HttpMethod.POST,
                    "/v1" + format.path(),
                    Set.of(Role.CALL),
                    maxRelayedBytes,
                    new RelayEndpoint(models, format)));
        }
        return routes;
    }

    private static Route call(HttpMethod method, String path, Endpoint endpoint) {
        return new Route(method, path, Set.of(Role.CALL), endpoint);
    }

    private static Route observe(String path, Endpoint endpoint) {
        return new Route(HttpMethod.GET, path, Role.observers(), endpoint);
    }

    private static Route operate(String path, Endpoint endpoint) {
        return new Route(HttpMethod.POST, path, Set.of(Role.OPERATE), endpoint);
    }
}
