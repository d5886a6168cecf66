package dev.llmops.tracing;

import dev.llmops.core.LabelLimiter;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.Operation;
import io.opentelemetry.api.common.AttributeKey;

/** What a call is made to: a model, or for some operations a tool, an agent, a data source or a workflow. */
final class Subject {

    private static final String INVOKE_WORKFLOW = "invoke_workflow";
    private static final String PLAN = "plan";

    private Subject() {}

    /** The attribute by which the conventions name it. */
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

    /** Whether the work is done in this process, whoever provides the model behind it. */
    static boolean isLocal(CallInfo call) {
        return switch (call.operation().name()) {
            case "execute_tool", INVOKE_WORKFLOW, PLAN -> true;
            case "invoke_agent" -> call.serverAddress() == null;
            default -> false;
        };
    }
}
