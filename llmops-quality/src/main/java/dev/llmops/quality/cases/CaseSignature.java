package dev.llmops.quality.cases;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ToolCall;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exact signature by which bad cases are grouped.
 *
 * @param reason why the case is bad, such as {@code failed}, {@code thumbs_down}, {@code low_faithfulness},
 *     {@code contract} or {@code risk}
 * @param outcome how the call ended
 * @param detail the error kind, risk type, or field of the contract, or null
 * @param finishReason why the model stopped, or null
 * @param tools the tools that ran, in order, joined by {@code >}; empty without tools
 * @param feature the feature of the application, or null
 * @since 0.1.0
 */
public record CaseSignature(
        String reason,
        String outcome,
        @Nullable String detail,
        @Nullable String finishReason,
        String tools,
        @Nullable String feature) {

    private static final int MAX_TOOLS = 8;

    static CaseSignature of(String reason, @Nullable String detail, CallRecord record) {
        return new CaseSignature(
                reason,
                record.outcome().status(),
                detail,
                record.finishReasons().isEmpty() ? null : record.finishReasons().get(0),
                record.toolCalls().stream().limit(MAX_TOOLS).map(ToolCall::name).collect(Collectors.joining(">")),
                record.info().feature());
    }
}
