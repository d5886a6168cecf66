package dev.llmops.samples.gateway;

import dev.llmops.core.LlmOps;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.PrometheusSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.tracing.CallSpans;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** All that hears of calls: one {@link LlmOps} and its views. */
final class Observability implements AutoCloseable {

    final PrometheusRegistry registry = new PrometheusRegistry();
    final TraceRing traces = new TraceRing();
    final Privacy privacy;
    final SloService slo;
    final CostService costs;
    final BudgetGate budgets;
    final LlmOps llmops;

    private final Tracing tracing;
    private final LineWriter output;
    private final CallLog log;

    Observability(Vertx vertx, GatewayOptions options, Surroundings surroundings, Path dataDir) {
        privacy = new Privacy(PseudonymKey.find(surroundings.environment(), dataDir));
        slo = new SloService(dataDir, surroundings.clock());
        costs = new CostService(dataDir, options, surroundings.environment(), surroundings.clock());
        budgets = new BudgetGate(vertx, costs, options, surroundings.clock());
        SignalRecorder signals = PrometheusSignals.on(registry, SloService.signals());
        slo.showOn(signals);
        tracing = new Tracing(options.otlpEndpoint, surroundings.spanProcessors());
        output = new LineWriter(surroundings.output());
        log = CallLog.builder()
                .sink(traces)
                .sink(output)
                .content(true)
                .eventTexts(true)
                .build();
        llmops = LlmOps.builder()
                .clock(surroundings.clock())
                .captureContent(true)
                .enricher(privacy.enricher())
                .enricher(costs.enricher())
                .listener(CallSpans.builder(tracing.sdk())
                        .content(true)
                        .eventTexts(true)
                        .build())
                .listener(signals)
                .listener(slo.engine())
                .listener(log)
                .listener(budgets.listener())
                .listener(costs.listener())
                .listener(options.observer)
                .listener(ModelCalls.recordsToCalls())
                .build();
    }

    /** Writes a line of its own where the call log goes. */
    void announce(String line) {
        output.write(line);
    }

    /** Ends the calls that are open, and hands all that is known to where it is kept. */
    @Override
    public void close() {
        llmops.close();
        log.close();
        tracing.close();
        slo.close();
        budgets.close();
        costs.close();
    }
}
