package dev.llmops.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceCancelledEvent;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.event.AiServiceRequestIssuedEvent;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.RetrievalAugmentedEvent;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Makes each invocation of an AI service a call. */
final class AiServiceListeners {

    private AiServiceListeners() {}

    static List<AiServiceListener<?>> of(Calls calls) {
        List<AiServiceListener<?>> listeners = new ArrayList<>(List.of(
                new Listener<>(AiServiceStartedEvent.class, event -> start(calls, event.invocationContext())),
                on(AiServiceRequestIssuedEvent.class, (invocation, event) -> invocation.issue(event.request())),
                on(AiServiceResponseReceivedEvent.class, AiServiceListeners::answered),
                on(ToolExecutedEvent.class, (invocation, event) -> invocation.endTool(event.request(), failed(event))),
                on(AiServiceCompletedEvent.class, (invocation, event) -> invocation.end(null)),
                on(AiServiceErrorEvent.class, (invocation, event) -> invocation.end(event.error()))));
        try {
            listeners.add(on(AiServiceCancelledEvent.class, (invocation, event) -> invocation.cancel()));
            listeners.add(
                    on(RetrievalAugmentedEvent.class, (invocation, event) -> invocation.retrieved(event.contents())));
        } catch (NoClassDefFoundError e) {
            // Older versions have no such events: observed models and retrievers report a cancel and a search by
            // themselves.
        }
        return List.copyOf(listeners);
    }

    /** The model's calls have the usage: the invocation's own is none, so that nothing is counted twice. */
    private static void start(Calls calls, InvocationContext context) {
        String model = context.defaultRequestParameters() == null
                ? null
                : context.defaultRequestParameters().modelName();
        LlmCallBuilder call = calls.call(Operation.INVOKE_AGENT, context.modelProvider(), model);
        Invocation.start(context, call, calls.llmops.ticker()).agent().usage(TokenUsage.none());
    }

    private static boolean failed(ToolExecutedEvent event) {
        try {
            return event.isError();
        } catch (NoSuchMethodError e) {
            return false; // Older versions do not say.
        }
    }

    private static void answered(Invocation invocation, AiServiceResponseReceivedEvent event) {
        event.response().aiMessage().toolExecutionRequests().forEach(invocation::startTool);
    }

    private static <T extends AiServiceEvent> Listener<T> on(Class<T> type, BiConsumer<Invocation, T> action) {
        return new Listener<>(type, event -> {
            Invocation invocation = Invocation.of(event.invocationContext());
            if (invocation != null) {
                action.accept(invocation, event);
            }
        });
    }

    private record Listener<T extends AiServiceEvent>(Class<T> getEventClass, Consumer<T> action)
            implements AiServiceListener<T> {

        @Override
        public void onEvent(T event) {
            action.accept(event);
        }
    }
}
