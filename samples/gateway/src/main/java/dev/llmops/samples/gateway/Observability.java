package dev.llmops.samples.gateway;

import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.PrometheusSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.samples.gateway.calls.BudgetGate;
import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.page.LiveView;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.samples.gateway.privacy.PseudonymKey;
import dev.llmops.samples.gateway.release.Releases;
import dev.llmops.samples.gateway.views.CostService;
import dev.llmops.samples.gateway.views.LineWriter;
import dev.llmops.samples.gateway.views.SloService;
import dev.llmops.samples.gateway.views.TraceRing;
import dev.llmops.samples.gateway.views.Tracing;
import dev.llmops.slo.metrics.PrometheusSloMeters;
import dev.llmops.tracing.CallSpans;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Everything that observes calls: one {@link LlmOps} and its views. */
final class Observability implements AutoCloseable {

    /** Shows everything: the enricher has redacted it, and user ids are pseudonyms already. */
    private static final ContentPolicy SHOW_ALL = ContentPolicy.builder()
            .captureContent(true)
            .showContent(true)
            .showEventTexts(true)
            .build();

    final PrometheusRegistry registry = new PrometheusRegistry();
    final TraceRing traces = new TraceRing();
    final LiveView view;
    final Privacy privacy;
    final SloService slo;
    final CostService costs;
    final BudgetGate budgets;
    final Releases releases;
    final Clock clock;
    final @Nullable URI prometheus;
    /** The text of the policy as it was when the gateway started. */
    final String policyYaml;

    final LlmOps llmops;

    private final Tracing tracing;
    private final LineWriter output;
    private final CallLog log;

    Observability(Vertx vertx, GatewayOptions options, GatewayEnvironment environment, Path dataDir) {
        clock = environment.clock();
        prometheus = options.prometheus;
        policyYaml = options.policyYaml();
        privacy = new Privacy(PseudonymKey.find(environment.variables(), dataDir));
        slo = new SloService(dataDir, environment.clock());
        costs = new CostService(dataDir, options.jdbcUrl, environment.variables(), environment.clock());
        budgets = new BudgetGate(vertx, costs.book(), options.budgets, options.redis, environment.clock());
        costs.seed(budgets.budgets());
        releases =
                new Releases(options.policy(), options.measuredUnits(), environment.clock(), slo::budgetRemainingRatio);
        SignalRecorder signals = PrometheusSignals.on(registry, SloService.signals());
        PrometheusSloMeters.bind(slo.engine(), registry);
        tracing = new Tracing(options.otlpEndpoint, environment.spanProcessors());
        output = new LineWriter(environment.output());
        view = new LiveView(vertx, slo, costs, releases, SHOW_ALL, environment.clock());
        log = CallLog.builder()
                .sink(traces)
                .sink(view.latestCalls())
                .sink(output)
                .build();
        llmops = LlmOps.builder()
                .clock(environment.clock())
                .contentPolicy(SHOW_ALL)
                .enricher(privacy.enricher())
                .enricher(costs.enricher())
                .listener(CallSpans.on(tracing.sdk()))
                .listener(signals)
                .listener(slo.engine())
                .listener(log)
                .listener(releases.listener())
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
        releases.close();
        log.close();
        tracing.close();
        slo.close();
        budgets.close();
        costs.close();
    }
}
