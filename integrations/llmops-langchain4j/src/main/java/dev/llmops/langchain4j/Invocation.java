package dev.llmops.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.Scope;
import dev.llmops.core.Ticker;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.record.ErrorKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An invocation of an AI service and the call that measures it. Must not refer to its id, which keeps it alive. */
final class Invocation {

    /** The memory id of services without memories of their own. */
    private static final String DEFAULT_MEMORY_ID = "default";

    /** By the ids that live as long as their invocations: one that never ends is forgotten, and its call abandoned. */
    private static final Map<UUID, Invocation> LIVE = Collections.synchronizedMap(new WeakHashMap<>());

    /** A service announces its request on the thread on which it then asks the model. */
    private static final ThreadLocal<@Nullable Issued> ISSUED = new ThreadLocal<>();

    private record Issued(ChatRequest request, Invocation invocation) {}

    private static final String RETRIEVAL = "retrieval";

    private final LlmCall agent;
    private final long startNanos;
    private final String feature;
    private final @Nullable String conversationId;
    private final Map<String, Object> parameters;
    private final Map<String, RunningTool> tools = new ConcurrentHashMap<>();

    private volatile boolean hasRetrieval;

    private Invocation(InvocationContext context, LlmCallBuilder call, long startNanos) {
        this.startNanos = startNanos;
        this.feature = simpleName(context.interfaceName()) + "." + context.methodName();
        Object memoryId = context.chatMemoryId();
        this.conversationId = memoryId == null || DEFAULT_MEMORY_ID.equals(memoryId) ? null : memoryId.toString();
        this.parameters = context.invocationParameters() == null
                ? Map.of()
                : context.invocationParameters().asMap();
        this.agent = describe(call).start();
    }

    static Invocation start(InvocationContext context, LlmCallBuilder call, Ticker ticker) {
        Invocation invocation = new Invocation(context, call, ticker.nanos());
        LIVE.put(context.invocationId(), invocation);
        return invocation;
    }

    /** Returns the invocation that events with a context belong to, or null if its start was not seen. */
    static @Nullable Invocation of(@Nullable InvocationContext context) {
        return context == null ? null : LIVE.get(context.invocationId());
    }

    /** Remembers that this invocation is about to send a request. */
    void issue(ChatRequest request) {
        ISSUED.set(new Issued(request, this));
    }

    /** Returns the invocation that is sending a request, if one is, and forgets that it does. */
    static @Nullable Invocation issued(ChatRequest request) {
        Issued issued = ISSUED.get();
        ISSUED.remove();
        return issued != null && issued.request().messages().equals(request.messages()) ? issued.invocation() : null;
    }

    /** Makes an invocation's call current on this thread, if there is one. */
    static Scope enter(@Nullable Invocation invocation) {
        return invocation == null ? Scope.NOOP : invocation.agent.makeCurrent();
    }

    /** Sets what the invocation knows of user, tenant and conversation. */
    LlmCallBuilder describe(LlmCallBuilder call) {
        return CallFacts.apply(parameters, call.feature(feature).conversationId(conversationId));
    }

    LlmCall agent() {
        return agent;
    }

    /** Starts the phase of a search that is observed. */
    Phase startRetrieval() {
        hasRetrieval = true;
        return agent.phase(RETRIEVAL);
    }

    /** Reports what was found, and the time since the start unless the search itself was observed. */
    void retrieved(List<?> contents) {
        agent.attribute("llm.retrieval.documents", contents.size());
        if (!hasRetrieval) {
            agent.pastPhase(RETRIEVAL, startNanos);
        }
    }

    void startTool(ToolExecutionRequest request) {
        tools.put(key(request), agent.tool(request.name()));
    }

    void endTool(ToolExecutionRequest request, boolean failed) {
        RunningTool tool = tools.remove(key(request));
        if (tool != null && failed) {
            tool.fail(ErrorKind.INTERNAL);
        }
        if (tool != null) {
            tool.close();
        }
    }

    private static String key(ToolExecutionRequest request) {
        return request.id() == null ? request.name() : request.id();
    }

    void end(@Nullable Throwable error) {
        ISSUED.remove();
        agent.endOnce(error);
    }

    void cancel() {
        ISSUED.remove();
        agent.close();
    }

    private static String simpleName(String className) {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }
}
