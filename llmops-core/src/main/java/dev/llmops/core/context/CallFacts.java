package dev.llmops.core.context;

import dev.llmops.core.LlmCallBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which an application puts the facts of a call into a map that its framework carries: the context of a
 * chat client, the parameters of an AI service, the attributes of a request. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallFacts {

    /** The user on whose behalf the call is made; any object with a meaningful {@code toString}. */
    public static final String USER = "llmops.user";

    /** The tenant that pays. */
    public static final String TENANT = "llmops.tenant";

    /** The feature of the application that asks, a name of low cardinality. */
    public static final String FEATURE = "llmops.feature";

    /** The conversation of which the call is a turn. */
    public static final String CONVERSATION_ID = "llmops.conversation_id";

    /** The application's own id of the request. */
    public static final String REQUEST_ID = "llmops.request_id";

    /** The time that the caller is willing to wait, a {@link Duration}; a cancel after that counts as a timeout. */
    public static final String DEADLINE = "llmops.deadline";

    private CallFacts() {}

    /**
     * Sets the facts that a map holds, and leaves the others as they are.
     *
     * @param context a framework's map; other keys are ignored
     * @param call describes the call
     * @return {@code call}
     */
    public static LlmCallBuilder apply(Map<?, ? extends @Nullable Object> context, LlmCallBuilder call) {
        text(context, USER, call::user);
        text(context, TENANT, call::tenant);
        text(context, FEATURE, call::feature);
        text(context, CONVERSATION_ID, call::conversationId);
        text(context, REQUEST_ID, call::requestId);
        if (context.get(DEADLINE) instanceof Duration deadline) {
            call.deadline(deadline);
        }
        return call;
    }

    private static void text(Map<?, ? extends @Nullable Object> context, String key, Consumer<String> set) {
        Object value = context.get(key);
        if (value != null) {
            set.accept(String.valueOf(value));
        }
    }
}
