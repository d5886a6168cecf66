package dev.llmops.spring.boot.actuate;

import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.status.SloStatus;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Tells of breached objectives without ever being DOWN, since a restart helps against none. */
final class ObjectivesHealthIndicator extends AbstractHealthIndicator {

    private final SloEngine engine;
    private final boolean outOfServiceOnBreach;

    ObjectivesHealthIndicator(SloEngine engine, boolean outOfServiceOnBreach) {
        this.engine = engine;
        this.outOfServiceOnBreach = outOfServiceOnBreach;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Map<String, Object> states = new TreeMap<>();
        boolean breached = false;
        for (SloStatus status : engine.statuses()) {
            states.put(
                    status.objective().name() + status.group(), status.state().name());
            breached |= status.state() == SloStatus.State.BREACHED;
        }
        (breached && outOfServiceOnBreach ? builder.outOfService() : builder.up()).withDetails(states);
    }
}
