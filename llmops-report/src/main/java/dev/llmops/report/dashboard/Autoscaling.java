package dev.llmops.report.dashboard;

import dev.llmops.metrics.instrument.Instrument;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Examples of scaling a deployment by what it does rather than by its processor: calls in flight, requests that wait, and
 * output tokens per second. Each query is the total; the scaler divides it by the number of replicas.
 */
final class Autoscaling {

    private static final Map<String, String> TARGETS = targets();

    private Autoscaling() {}

    /** Returns the totals by the name of their metric. */
    static Map<String, String> queries() {
        PromQl q = PromQl.over("2m");
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("llm_in_flight", q.sum(q.gauge(Instrument.ACTIVE_REQUESTS)));
        queries.put("llm_waiting", q.sum(q.gauge(Instrument.SERVER_QUEUE_SIZE)));
        queries.put("llm_output_tokens_per_second", q.sumOfRate(Instrument.TOKENS, "type=\"output\""));
        return queries;
    }

    /** Returns the value for one replica, above which another one is started. */
    private static Map<String, String> targets() {
        Map<String, String> targets = new LinkedHashMap<>();
        targets.put("llm_in_flight", "20");
        targets.put("llm_waiting", "4");
        targets.put("llm_output_tokens_per_second", "800");
        return targets;
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    static String keda() {
        StringBuilder yaml = new StringBuilder("""
                # KEDA: the largest number of replicas that any of the three asks for.
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata:
                  name: llm-service
                spec:
                  scaleTargetRef:
                    name: llm-service
                  minReplicaCount: 2
                  maxReplicaCount: 20
                  triggers:
                """);
        queries()
                .forEach((name, query) -> yaml.append("    - type: prometheus\n      name: ")
                        .append(name.replace('_', '-'))
                        .append("\n      metricType: AverageValue\n      metadata:\n")
                        .append("        serverAddress: http://prometheus:9090\n        query: ")
                        .append(quoted(query))
                        .append("\n        threshold: \"")
                        .append(TARGETS.get(name))
                        .append("\"\n"));
        return yaml.toString();
    }

    static String horizontalPodAutoscaler() {
        StringBuilder yaml = new StringBuilder("""
                # The Prometheus Adapter's configuration: external metrics of these names.
                externalRules:
                """);
        queries()
                .forEach((name, query) -> yaml.append("  - seriesQuery: ")
                        .append(quoted(series(name)))
                        .append("\n    name: {as: ")
                        .append(name)
                        .append("}\n    resources: {namespaced: false}\n    metricsQuery: ")
                        .append(quoted(query))
                        .append('\n'));
        yaml.append("""
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata:
                  name: llm-service
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llm-service}
                  minReplicas: 2
                  maxReplicas: 20
                  metrics:
                """);
        TARGETS.forEach((name, target) -> yaml.append("    - type: External\n      external:\n        metric: {name: ")
                .append(name)
                .append("}\n        target: {type: AverageValue, averageValue: \"")
                .append(target)
                .append("\"}\n"));
        return yaml.toString();
    }

    private static String series(String name) {
        return switch (name) {
            case "llm_in_flight" -> Instrument.ACTIVE_REQUESTS.prometheusName();
            case "llm_waiting" -> Instrument.SERVER_QUEUE_SIZE.prometheusName();
            default -> Instrument.TOKENS.prometheusName();
        };
    }
}
