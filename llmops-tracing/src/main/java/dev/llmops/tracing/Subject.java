package dev.llmops.tracing;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.LabelLimiter;
import io.opentelemetry.api.common.AttributeKey;

/**
 * Names the subject of a call: a model, or for some operations a tool, an agent, a data source or a workflow.
 *
 * <p>See docs/decisions/tracing.md#the-third-word-of-a-call-is-named-by-its-operation.
 */
final class Subject {

    private static final String INVOKE_WORKFLOW = "invoke_workflow";
    private static final String PLAN = "plan";

    private Subject() {}

    /** Returns the attribute under which the conventions have it. */
    static AttributeKey<String> key(Operation operation) {
        return switch (operation.name()) {
            case "execute_tool" -> Keys.TOOL_NAME;
            case "invoke_agent", "create_agent", PLAN -> Keys.AGENT_NAME;
            case "retrieval" -> Keys.DATA_SOURCE_ID;
            case INVOKE_WORKFLOW -> Keys.WORKFLOW_NAME;
            default -> Keys.REQUEST_MODEL;
        };
    }

    static boolean isKnown(CallInfo call) {
        return !call.requestModel().isBlank() && !call.requestModel().equals(LabelLimiter.UNKNOWN);
    }

    /** Returns true if the work is done in this process, even if it calls a model elsewhere. */
    static boolean isLocal(CallInfo call) {
        return switch (call.operation().name()) {
            case "execute_tool", INVOKE_WORKFLOW, PLAN -> true;
            case "invoke_agent" -> call.serverAddress() == null;
            default -> false;
        };
    }
}
