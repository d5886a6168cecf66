package dev.llmops.core;

import dev.llmops.core.internal.Nanos;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The calls in flight. A sweep abandons calls whose handle is unreachable and calls that are too old, so that the number of calls in flight cannot leak.
 */
final class LiveCalls {

    private final Set<CallState> calls = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final long maxAgeNanos;

    LiveCalls(Ticker ticker, Duration maxAge) {
        this.ticker = ticker;
        this.maxAgeNanos = Nanos.of(maxAge);
    }

    void add(CallState call) {
        calls.add(call);
    }

    void remove(CallState call) {
        calls.remove(call);
    }

    int size() {
        return calls.size();
    }

    void sweep() {
        long now = ticker.nanos();
        for (CallState call : calls) {
            if (call.handle.refersTo(null)) {
                abandon(
                        call,
                        "unreachable",
                        "the call became unreachable without an ending; close it, best with try-with-resources");
            } else if (now - call.startNanos >= maxAgeNanos) {
                abandon(call, "too_old", "the call did not end within LlmOpsBuilder.abandonAfter");
            }
        }
    }

    private static void abandon(CallState call, String type, String message) {
        call.end(Outcome.ABANDONED, new CallError(ErrorKind.INTERNAL, type, OptionalInt.empty(), message), List.of());
    }

    /**
     * Sweeps the live calls from one daemon thread, until it is closed, or the {@link LlmOps} is unreachable and its last call has ended.
     */
    static final class Watchdog implements AutoCloseable {

        private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "llmops-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        private final LiveCalls liveCalls;
        private final Telemetry telemetry;

        private Watchdog(LiveCalls liveCalls, Telemetry telemetry) {
            this.liveCalls = liveCalls;
            this.telemetry = telemetry;
        }

        /**
         * Starts the sweeps.
         *
         * @param owner what the application holds; it must not be reachable from the live calls
         */
        static Watchdog start(Object owner, CallPipeline pipeline, Duration interval) {
            Watchdog watchdog = new Watchdog(pipeline.liveCalls, pipeline.telemetry);
            WeakReference<Object> owned = new WeakReference<>(owner);
            long nanos = interval.toNanos();
            // The future is of no use: the sweep isolates what it calls, and closing shuts the executor down.
            var unused = watchdog.executor.scheduleWithFixedDelay(
                    () -> watchdog.sweep(owned), nanos, nanos, TimeUnit.NANOSECONDS);
            return watchdog;
        }

        private void sweep(WeakReference<Object> owner) {
            try {
                liveCalls.sweep();
            } catch (Throwable e) {
                // A task that throws is not run again.
                telemetry.failure(
                        "watchdog", e, "abandoned calls are looked for again at the next sweep; report this as a bug");
            }
            if (owner.refersTo(null) && liveCalls.size() == 0) {
                executor.shutdown();
            }
        }

        /** Sweeps a last time. */
        @Override
        public void close() {
            executor.shutdown();
            liveCalls.sweep();
        }
    }
}
