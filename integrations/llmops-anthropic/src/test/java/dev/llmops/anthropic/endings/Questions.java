package dev.llmops.anthropic.endings;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import dev.llmops.endings.Answer;
import java.util.List;
import java.util.Map;

/** What the applications of the tables ask. */
final class Questions {

    private Questions() {}

    static MessageCreateParams message() {
        return MessageCreateParams.builder()
                .model(Answer.ANTHROPIC_MODEL)
                .maxTokens(100)
                .addUserMessage("Count to four")
                .addTool(Tool.builder()
                        .name(Answer.TOOL)
                        .inputSchema(Tool.InputSchema.builder()
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
    }

    static MessageCreateParams messageWithResult() {
        ToolResultBlockParam result = ToolResultBlockParam.builder()
                .toolUseId("toolu_1")
                .content("sunny")
                .build();
        return message().toBuilder()
                .addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofToolResult(result)))
                .build();
    }
}
