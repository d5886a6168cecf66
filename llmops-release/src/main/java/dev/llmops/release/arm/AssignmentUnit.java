package dev.llmops.release.arm;

import dev.llmops.core.record.CallInfo;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The unit of traffic that is assigned to an arm as a whole, and has one vote in each stage.
 *
 * @since 0.1.0
 */
public enum AssignmentUnit {
    /** Each request by itself. */
    REQUEST,
    /** All turns of a conversation. */
    CONVERSATION,
    /** All requests of a user. */
    USER,
    /** All requests of a tenant. */
    TENANT;

    /**
     * Returns the id of the unit to which a call belongs.
     *
     * @param call the call's facts
     * @return the id; for {@link #REQUEST} the call's own id where the application gave none; null when the fact is missing
     */
    public @Nullable String idOf(CallInfo call) {
        return switch (this) {
            case REQUEST -> call.requestId() == null ? call.callId().toString() : call.requestId();
            case CONVERSATION -> call.conversationId();
            case USER -> call.user();
            case TENANT -> call.tenant();
        };
    }

    /**
     * Returns the word for the unit in files.
     *
     * @return a lower-case word
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
