package dev.llmops.samples.gateway.page;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogRing;
import dev.llmops.logging.LogSink;
import dev.llmops.report.LivePage;
import dev.llmops.report.Page;
import dev.llmops.report.live.BudgetHistory;
import dev.llmops.report.live.DaySpend;
import dev.llmops.report.live.LiveState;
import dev.llmops.samples.gateway.release.Releases;
import dev.llmops.samples.gateway.views.CostService;
import dev.llmops.samples.gateway.views.SloService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The state of the gateway as a page, rendered at most once a second for all who look. Thread-safe. */
public final class LiveView {

    static final Duration PERIOD = Duration.ofSeconds(2);

    private static final int CALLS = 50;
    private static final LivePage PAGE = new LivePage("ui/events", Duration.ofSeconds(10));
    private static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Vertx vertx;
    private final LogRing calls = LogRing.of(CALLS);
    private final BudgetHistory budgets;
    private final DaySpend spend;
    private final Releases releases;
    private final Clock clock;
    private final Set<Runnable> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean isEnding;
    private @Nullable Rendered latest;

    private record Rendered(long nanos, String html, String event) {}

    /** Creates the view, and begins to note the error budgets. */
    public LiveView(
            Vertx vertx, SloService slo, CostService costs, Releases releases, ContentPolicy policy, Clock clock) {
        this.vertx = vertx;
        this.releases = releases;
        this.clock = clock;
        budgets = new BudgetHistory(slo.engine());
        spend = new DaySpend(costs::totals, policy, clock);
        budgets.note();
        vertx.setPeriodic(
                BudgetHistory.INTERVAL.toMillis(),
                due -> vertx.executeBlocking(() -> {
                    budgets.note();
                    return budgets;
                }));
    }

    /** Returns the sink that keeps the latest calls, as they are logged. */
    public LogSink latestCalls() {
        return this::keep;
    }

    private void keep(LogEntry entry) {
        if (entry.isCall()) {
            calls.write(entry);
        }
    }

    /** Renders the document. */
    Future<String> html() {
        return vertx.executeBlocking(() -> rendered().html, false).map(Objects::requireNonNull);
    }

    /** Renders the data of an event. */
    Future<String> event() {
        return vertx.executeBlocking(() -> rendered().event, false).map(Objects::requireNonNull);
    }

    private synchronized Rendered rendered() {
        Rendered known = latest;
        if (known == null || System.nanoTime() - known.nanos > MAX_AGE_NANOS) {
            Page page = state().toPage();
            known = new Rendered(System.nanoTime(), PAGE.toHtml(page), LivePage.toEvent(page));
            latest = known;
        }
        return known;
    }

    private LiveState state() {
        return new LiveState(
                clock.instant(),
                "llmops gateway",
                releases.live().orElse(null),
                budgets.objectives(),
                budgets.eventRules(),
                spend.today(),
                calls.entries().stream().map(LogEntry::fields).toList(),
                "ui/traces/");
    }

    /** Adds a stream of events that ends with the gateway. */
    void opened(Runnable end) {
        streams.add(end);
        if (isEnding) {
            end.run(); // A client that connected again on a connection that was still open.
        }
    }

    void closed(Runnable end) {
        streams.remove(end);
    }

    /** Ends all streams of events, so that they do not hold the gateway when it stops. */
    public void endStreams() {
        isEnding = true;
        streams.forEach(Runnable::run);
    }
}
