package dev.llmops.openai.endings;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import dev.llmops.endings.Answer;
import java.util.List;
import java.util.Map;

/** What the applications of the tables ask. */
final class Questions {

    private static final Map<String, JsonValue> SCHEMA = Map.of(
            "type", JsonValue.from("object"),
            "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))));

    private Questions() {}

    static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model(Answer.OPENAI_MODEL)
                .addUserMessage("Count to four")
                .addFunctionTool(FunctionDefinition.builder()
                        .name(Answer.TOOL)
                        .parameters(FunctionParameters.builder()
                                .putAllAdditionalProperties(SCHEMA)
                                .build())
                        .build())
                .build();
    }

    static ChatCompletionCreateParams chatWithResult() {
        return chat().toBuilder()
                .addMessage(com.openai.models.chat.completions.ChatCompletionToolMessageParam.builder()
                        .toolCallId("call_1")
                        .content("sunny")
                        .build())
                .build();
    }

    static ResponseCreateParams response() {
        return ResponseCreateParams.builder()
                .model(Answer.OPENAI_MODEL)
                .input("Count to four")
                .addTool(FunctionTool.builder()
                        .name(Answer.TOOL)
                        .strict(false)
                        .parameters(FunctionTool.Parameters.builder()
                                .putAllAdditionalProperties(SCHEMA)
                                .build())
                        .build())
                .build();
    }

    static ResponseCreateParams responseWithResult() {
        ResponseInputItem result = ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId("call_1")
                .output("sunny")
                .build());
        return response().toBuilder().inputOfResponse(List.of(result)).build();
    }
}
