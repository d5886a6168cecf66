package dev.llmops.slo.engine;

import dev.llmops.core.telemetry.Telemetry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The counters of all series, and those who show them. */
final class VerdictCounters {

    private final List<VerdictCounter> counters = new CopyOnWriteArrayList<>();
    private final List<Consumer<VerdictCounter>> listeners = new CopyOnWriteArrayList<>();
    private final Supplier<Telemetry> telemetry;

    VerdictCounters(Supplier<Telemetry> telemetry) {
        this.telemetry = telemetry;
    }

    List<VerdictCounter> all() {
        return List.copyOf(counters);
    }

    synchronized void add(VerdictCounter counter) {
        counters.add(counter);
        listeners.forEach(listener -> show(counter, listener));
    }

    synchronized void listen(Consumer<VerdictCounter> listener) {
        counters.forEach(counter -> show(counter, listener));
        listeners.add(listener);
    }

    /** A meter that cannot be registered must not keep the event of its group from being counted. */
    private void show(VerdictCounter counter, Consumer<VerdictCounter> listener) {
        try {
            listener.accept(counter);
        } catch (RuntimeException e) {
            telemetry
                    .get()
                    .failure("slo.counter_listener", e, "bind the engine to a registry without meters of these names");
        }
    }
}
