package dev.llmops.cost.budget;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the listener once per limit, counter and window; the last {@value #REMEMBERED} are remembered. */
final class Warnings {

    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);
    private static final int REMEMBERED = 10_000;

    private final Consumer<BudgetDecision.Warning> listener;
    private final BudgetCounts counts;
    private final Map<Topic, Boolean> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Topic, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    Warnings(Consumer<BudgetDecision.Warning> listener, BudgetCounts counts) {
        this.listener = listener;
        this.counts = counts;
    }

    void raise(BudgetDecision.Warning warning) {
        counts.warnings.increment();
        if (isNew(warning)) {
            try {
                listener.accept(warning);
            } catch (RuntimeException e) {
                LOG.warn("onWarning failed for budget '{}'", warning.budget().budget(), e);
            }
        }
    }

    private boolean isNew(BudgetDecision.Warning warning) {
        BudgetStatus budget = warning.budget();
        Topic topic = new Topic(
                warning.limit(),
                budget.budget(),
                budget.scope(),
                budget.windowStart().toEpochMilli());
        synchronized (told) {
            return told.put(topic, true) == null;
        }
    }

    private record Topic(BudgetDecision.Warning.Limit limit, String budget, String scope, long windowStartMillis) {}
}
