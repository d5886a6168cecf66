package dev.llmops.core;

import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.internal.Backlog;
import dev.llmops.core.internal.Services;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.ContentPolicyAware;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs every call of one {@link LlmOps} through clocks, enrichers, listeners, and the index of recent calls. */
final class CallPipeline {

    private static final String REMEDY = "fix it or remove it from LlmOps.builder(); calls are unaffected";

    /** The calls of all instances; a call of another instance is not joined. */
    private static final ThreadLocal<@Nullable LlmCall> CURRENT = new ThreadLocal<>();

    final Ticker ticker;
    final Clock clock;
    final Telemetry telemetry;
    final ContentPolicy contentPolicy;
    final RecentCalls recentCalls;
    final LiveCalls liveCalls;
    private final List<ErrorClassifier> classifiers;
    private final CallEnricher[] enrichers;
    private final LlmListener[] listeners;
    private final RecordListener[] recordListeners;
    private final ScopeProvider[] scopeProviders;
    /** Holds what record listeners are told later; null without such listeners. */
    private final @Nullable Backlog<Object> backlog;

    CallPipeline(LlmOpsBuilder builder) {
        this.ticker = builder.ticker;
        this.clock = builder.clock;
        this.telemetry = builder.telemetry;
        this.contentPolicy = builder.contentPolicy;
        this.classifiers = classifiers(builder.errorClassifier);
        this.enrichers = builder.enrichers.toArray(CallEnricher[]::new);
        this.listeners = builder.listeners.toArray(LlmListener[]::new);
        this.recordListeners = those(builder.listeners, RecordListener.class).toArray(RecordListener[]::new);
        this.scopeProviders = those(builder.listeners, ScopeProvider.class).toArray(ScopeProvider[]::new);
        this.recentCalls = new RecentCalls(builder.recentCalls, builder.recentCallsMaxAge, ticker);
        this.liveCalls = new LiveCalls(ticker, builder.abandonAfter);
        attach(List.of(enrichers));
        attach(List.of(listeners));
        this.backlog = recordListeners.length == 0 ? null : shared();
    }

    private Backlog<Object> shared() {
        Backlog<Object> shared = new Backlog<>(this::tell);
        for (RecordListener listener : recordListeners) {
            listener.share(shared);
        }
        return shared;
    }

    private static <T> Stream<T> those(List<LlmListener> listeners, Class<T> type) {
        return listeners.stream().filter(type::isInstance).map(type::cast);
    }

    /** Puts the application's classifier first, then those of integrations, and the standard one last. */
    private List<ErrorClassifier> classifiers(ErrorClassifier ofApplication) {
        List<ErrorClassifier> inOrder = new ArrayList<>();
        if (ofApplication != ErrorClassifier.standard()) {
            inOrder.add(ofApplication);
        }
        inOrder.addAll(Services.load(
                ErrorClassifier.class,
                error -> telemetry.failure(
                        "error_classifier_service",
                        error,
                        "the classifier is left out; fix META-INF/services or add the library that it needs")));
        inOrder.add(ErrorClassifier.standard());
        return inOrder;
    }

    private void attach(List<?> components) {
        for (Object component : components) {
            if (component instanceof TelemetryAware aware) {
                aware.useTelemetry(telemetry);
            }
            if (component instanceof ContentPolicyAware aware) {
                aware.useContentPolicy(contentPolicy);
            }
        }
    }

    void started(CallState call) {
        liveCalls.add(call);
        new Round("call_started").tell(listener -> listener.callStarted(call)).end();
    }

    void firstToken(CallState call, long timeToFirstTokenNanos) {
        new Round("first_token")
                .tell(listener -> listener.firstToken(call, timeToFirstTokenNanos))
                .end();
    }

    void ended(CallState call, CallRecord record) {
        Round round = new Round("call_ended");
        CallRecord enriched = round.enrich(record, CallEnricher::enrich);
        recentCalls.add(enriched.info());
        tellLater(enriched);
        round.tell(listener -> listener.callEnded(call, enriched)).end();
    }

    void eventOccurred(LlmEvent event) {
        Round round = new Round("event_occurred");
        LlmEvent enriched = round.enrich(event, CallEnricher::enrich);
        tellLater(enriched);
        round.tell(listener -> listener.eventOccurred(enriched)).end();
    }

    private void tellLater(Object callOrEvent) {
        if (backlog != null) {
            backlog.add(callOrEvent);
        }
    }

    private void tell(Object callOrEvent) {
        for (RecordListener listener : recordListeners) {
            listener.tell(callOrEvent);
        }
    }

    /** Runs the warm-up of every enricher and listener. */
    void warmUp(CallRecord sample) {
        Round round = new Round("warm_up");
        for (CallEnricher enricher : enrichers) {
            try {
                enricher.warmUp(sample);
            } catch (Throwable e) {
                round.failed("warm_up", enricher, e);
            }
        }
        round.tell(listener -> listener.warmUp(sample)).end();
    }

    /**
     * A message to all enrichers and listeners. If one of them throws, the others get the message still; an error that the
     * virtual machine itself cannot survive is passed on at the end.
     */
    private final class Round {

        private final String method;
        private @Nullable VirtualMachineError fatal;

        Round(String method) {
            this.method = method;
        }

        <T> T enrich(T known, BiFunction<CallEnricher, T, T> step) {
            T enriched = known;
            for (CallEnricher enricher : enrichers) {
                try {
                    enriched = Objects.requireNonNull(step.apply(enricher, enriched), "what the enricher returned");
                } catch (Throwable e) {
                    failed("enrich", enricher, e);
                }
            }
            return enriched;
        }

        Round tell(Consumer<LlmListener> message) {
            for (LlmListener listener : listeners) {
                try {
                    message.accept(listener);
                } catch (Throwable e) {
                    failed(method, listener, e);
                }
            }
            return this;
        }

        void failed(String method, Object component, Throwable error) {
            try {
                CallPipeline.this.failed(method, component, error);
            } catch (VirtualMachineError e) {
                // The one above, or another while it was counted.
                fatal = fatal == null ? e : fatal;
            }
        }

        void end() {
            if (fatal != null) {
                throw fatal;
            }
        }
    }

    private void failed(String method, Object component, Throwable error) {
        failed(name(component) + "." + method, error, REMEDY);
    }

    /** Isolates everything but what the virtual machine itself cannot survive. */
    void failed(String where, Throwable error, String remedy) {
        telemetry.failure(where, error, remedy);
        if (error instanceof VirtualMachineError fatal && !(error instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    /** A name that is the same in every run: that of a lambda's or an anonymous class is the name of what holds it. */
    static String name(Object component) {
        String name = component.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        String stable = lambda < 0 ? name : name.substring(0, lambda);
        return stable.substring(stable.lastIndexOf('.') + 1);
    }

    CallError classify(@Nullable Throwable error) {
        if (error == null) {
            return CallError.of(ErrorKind.INTERNAL);
        }
        for (ErrorClassifier classifier : classifiers) {
            try {
                CallError known = classifier.classify(error);
                if (known != null) {
                    return known;
                }
            } catch (Throwable e) {
                failed("classify", classifier, e);
            }
        }
        return CallError.of(ErrorKind.INTERNAL);
    }

    /** Returns the call that is current on this thread, which may have ended. */
    @Nullable
    LlmCall currentCall() {
        LlmCall call = CURRENT.get();
        return call != null && call.isOf(this) ? call : null;
    }

    /** Makes a call current, opens the scopes of all providers, and undoes it in reverse. */
    Scope makeCurrent(LlmCall call) {
        LlmCall before = CURRENT.get();
        CURRENT.set(call);
        @Nullable Scope[] opened = new @Nullable Scope[scopeProviders.length];
        for (int i = 0; i < opened.length; i++) {
            opened[i] = open(scopeProviders[i], call.live());
        }
        return new ThreadScope(before, opened);
    }

    static @Nullable LlmCall currentOfAny() {
        return CURRENT.get();
    }

    static void restore(@Nullable LlmCall before) {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    private @Nullable Scope open(ScopeProvider provider, LiveCall call) {
        try {
            return provider.open(call);
        } catch (Throwable e) {
            failed("open", provider, e);
            return null;
        }
    }

    private void close(ScopeProvider provider, Scope scope) {
        try {
            scope.close();
        } catch (Throwable e) {
            failed("close", provider, e);
        }
    }

    /** The scopes of one call on one thread. Closing them elsewhere would change the context of an unrelated thread. */
    private final class ThreadScope implements Scope {

        private final Thread owner = Thread.currentThread();
        private final @Nullable LlmCall before;
        /** Those of the providers, each in the place of its provider. */
        private final @Nullable Scope[] opened;

        private boolean closed;

        ThreadScope(@Nullable LlmCall before, @Nullable Scope[] opened) {
            this.before = before;
            this.opened = opened;
        }

        @Override
        public void close() {
            if (Thread.currentThread() != owner) {
                telemetry.failure(
                        "scope_closed_on_another_thread",
                        new IllegalStateException(),
                        "the context of the opening thread was not restored; close a scope on the thread that opened it");
            } else if (!closed) {
                closed = true;
                for (int i = opened.length - 1; i >= 0; i--) {
                    Scope scope = opened[i];
                    if (scope != null) {
                        CallPipeline.this.close(scopeProviders[i], scope);
                    }
                }
                restore(before);
            }
        }
    }
}
