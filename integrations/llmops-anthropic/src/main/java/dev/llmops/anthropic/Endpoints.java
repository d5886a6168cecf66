package dev.llmops.anthropic;

import dev.llmops.core.record.Operation;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of the client that call a model: those of the stable and the beta service of messages, in all their forms. */
final class Endpoints {

    private static final String SERVICES = "com.anthropic.services.";
    private static final Set<String> MESSAGES = Set.of(
            SERVICES + "blocking.MessageService",
            SERVICES + "async.MessageServiceAsync",
            SERVICES + "blocking.beta.MessageService",
            SERVICES + "async.beta.MessageServiceAsync");
    private static final Set<String> METHODS = Set.of("create", "createStreaming");

    private Endpoints() {}

    static @Nullable Operation operation(Method method) {
        boolean callsModel = METHODS.contains(method.getName())
                && MESSAGES.contains(method.getDeclaringClass().getName().replace("$WithRawResponse", ""));
        return callsModel ? Operation.CHAT : null;
    }

    static boolean isStreaming(Method method) {
        return method.getName().endsWith("Streaming");
    }

    /** Returns true for the interfaces of the client and its services, which lead to methods that call a model. */
    static boolean isPartOfClient(Class<?> type) {
        String name = type.getName();
        return type.isInterface() && (name.startsWith("com.anthropic.client.") || name.startsWith(SERVICES));
    }
}
