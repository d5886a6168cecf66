package dev.llmops.samples.gateway.release;

import dev.llmops.release.arm.AssignmentUnit;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a request can be assigned to an arm.
 *
 * @param request the gateway's id of the request
 * @param conversation the client's id of the conversation
 * @param user the account of the call
 * @param tenant the tenant of the call
 */
public record ReleaseUnit(
        String request,
        @Nullable String conversation,
        @Nullable String user,
        @Nullable String tenant) {

    /** Returns the name that a kind of unit has here; null if the request does not say. */
    @Nullable
    String id(AssignmentUnit unit) {
        return switch (unit) {
            case REQUEST -> request;
            case CONVERSATION -> conversation;
            case USER -> user;
            case TENANT -> tenant;
        };
    }
}
