package dev.llmops.anthropic.internal;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawContentBlockDelta;
import com.anthropic.models.messages.RawContentBlockStartEvent;
import com.anthropic.models.messages.RawMessageDeltaEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmops.core.LlmCall;

/** Reads the events of a streamed message, whose usage comes in two of them. */
final class EventReading {

    private EventReading() {}

    static void read(RawMessageStreamEvent event, LlmCall call) {
        if (call.capturesContent()) {
            event.contentBlockStart().ifPresent(start -> AnswerText.collect(start, call));
            event.contentBlockDelta().ifPresent(delta -> AnswerText.collect(delta, call));
        }
        if (event.isContentBlockDelta()) {
            delta(event.asContentBlockDelta().delta(), call);
        } else if (event.isContentBlockStart()) {
            block(event.asContentBlockStart().contentBlock(), call);
        } else {
            call.chunk(0);
        }
        event.messageStart().ifPresent(start -> start(start.message(), call));
        event.messageDelta().ifPresent(delta -> end(delta, call));
    }

    private static void delta(RawContentBlockDelta delta, LlmCall call) {
        if (delta.isThinking()) {
            call.reasoningChunk(1);
        } else {
            call.chunk(delta.isText() || delta.isInputJson() ? 1 : 0);
        }
    }

    /** A block begins without content, except that of a tool, which it names. */
    private static void block(RawContentBlockStartEvent.ContentBlock block, LlmCall call) {
        call.chunk(block.isToolUse() ? 1 : 0);
        block.toolUse().ifPresent(tool -> AskedTools.of(call).add(tool.id(), tool.name()));
    }

    private static void start(Message message, LlmCall call) {
        MessageReading.begin(message, call);
        message._usage().asKnown().ifPresent(usage -> {
            call.mergeUsage(Usages.atStart(usage));
            MessageReading.tier(usage, call);
        });
    }

    private static void end(RawMessageDeltaEvent event, LlmCall call) {
        event._usage().asKnown().ifPresent(usage -> call.mergeUsage(Usages.of(usage)));
        event._delta()
                .asKnown()
                .flatMap(delta -> delta._stopReason().asKnown())
                .ifPresent(reason -> MessageReading.stop(reason, call));
    }
}
