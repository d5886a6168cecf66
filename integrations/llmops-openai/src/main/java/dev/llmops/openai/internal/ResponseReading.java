package dev.llmops.openai.internal;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmops.core.LlmCall;
import dev.llmops.core.error.ProviderErrors;
import java.util.List;

/** Reads the Responses API, which has a status in place of finish reasons. */
final class ResponseReading {

    private ResponseReading() {}

    static void read(Response response, LlmCall call) {
        begin(response, call);
        Common.tier(response._serviceTier(), call);
        response._usage().asKnown().ifPresent(usage -> call.usage(Usages.of(usage)));
        List<ResponseOutputItem> output = response._output().asKnown().orElse(List.of());
        output.forEach(item -> tool(item, call));
        if (call.capturesContent() && !output.isEmpty()) {
            call.output(AnswerText.of(response));
        }
        response._error().asKnown().ifPresent(error -> call.fail(ProviderErrors.ofStream(Common.json(error))));
        response._status().asKnown().ifPresent(status -> finish(response, status, call));
    }

    private static void begin(Response response, LlmCall call) {
        Common.identity(response._id(), response._model(), call);
    }

    private static void finish(Response response, ResponseStatus status, LlmCall call) {
        if (status.equals(ResponseStatus.COMPLETED)) {
            call.finishReason(0, AskedTools.of(call).isEmpty() ? "stop" : "tool_calls");
        } else if (status.equals(ResponseStatus.INCOMPLETE)) {
            String reason = response._incompleteDetails()
                    .asKnown()
                    .flatMap(details -> details._reason().asKnown())
                    .map(Object::toString)
                    .orElse("incomplete");
            call.finishReason(0, reason);
        }
    }

    static void readEvent(ResponseStreamEvent event, LlmCall call) {
        if (isReasoning(event)) {
            call.reasoningChunk(1);
        } else {
            call.chunk(isContent(event, call) ? 1 : 0);
        }
        if (event.isRefusalDelta()) {
            call.refusal();
        }
        if (call.capturesContent()) {
            AnswerDeltas.collect(event, call);
        }
        event.created().ifPresent(created -> begin(created.response(), call));
        event.completed().ifPresent(completed -> read(completed.response(), call));
        event.incomplete().ifPresent(incomplete -> read(incomplete.response(), call));
        event.failed().ifPresent(failed -> read(failed.response(), call));
        event.error().ifPresent(error -> call.fail(ProviderErrors.ofStream(Common.json(error))));
    }

    private static boolean isReasoning(ResponseStreamEvent event) {
        return event.isReasoningTextDelta() || event.isReasoningSummaryTextDelta();
    }

    /** A function call counts when it is named; its item comes whole where a server does not stream arguments. */
    private static boolean isContent(ResponseStreamEvent event, LlmCall call) {
        boolean namesTool = event.outputItemAdded()
                        .filter(added -> tool(added.item(), call))
                        .isPresent()
                || event.outputItemDone()
                        .filter(done -> tool(done.item(), call))
                        .isPresent();
        return namesTool
                || event.isOutputTextDelta()
                || event.isRefusalDelta()
                || event.isFunctionCallArgumentsDelta()
                || event.isCustomToolCallInputDelta()
                || event.isCodeInterpreterCallCodeDelta()
                || event.isMcpCallArgumentsDelta()
                || event.isAudioDelta()
                || event.isAudioTranscriptDelta()
                || event.isImageGenerationCallPartialImage();
    }

    /** Notes the tool of an item; returns true if the item asks for one that is new. */
    private static boolean tool(ResponseOutputItem item, LlmCall call) {
        AskedTools tools = AskedTools.of(call);
        return item.functionCall()
                        .filter(asked -> tools.add(asked._callId().asKnown().orElse(""), asked.name()))
                        .isPresent()
                || item.customToolCall()
                        .filter(asked -> tools.add(asked._callId().asKnown().orElse(""), asked.name()))
                        .isPresent();
    }
}
