package dev.llmops.samples.gateway.provider;

import dev.llmops.cost.usage.UsageReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads Anthropic's messages, streamed and whole. */
final class MessagesReader extends AnswerReader {

    // The input tokens come with the first event, the output tokens with the last.
    private final UsageReader usage = new UsageReader(UsageReader.Shape.ANTHROPIC_MESSAGES, "");
    private boolean ended;

    @Override
    ProviderChunk chunk(@Nullable String event, String data, JsonNode root) {
        ProviderChunk.Builder chunk = ProviderChunk.builder(event, data);
        switch (root.path("type").stringValue("")) {
            case "message_start" -> head(chunk, root.path("message"), data);
            case "content_block_start" -> block(chunk, root.path("content_block"));
            case "content_block_delta" -> delta(chunk, root.path("delta"));
            case "message_delta" -> stopped(chunk, root.path("delta"), data);
            case "message_stop" -> ended = true;
            case "message" -> whole(chunk, root, data);
            default -> {} // ping and block ends
        }
        return chunk.build();
    }

    private void head(ProviderChunk.Builder chunk, JsonNode message, String data) {
        chunk.id(message.path("id")).model(message.path("model"));
        usage.accept(data);
    }

    private void whole(ProviderChunk.Builder chunk, JsonNode root, String data) {
        head(chunk, root, data);
        root.path("content").forEach(block -> block(chunk, block));
        stopped(chunk, root, data);
        ended = true;
    }

    private void stopped(ProviderChunk.Builder chunk, JsonNode holder, String data) {
        String reason = holder.path("stop_reason").stringValue("");
        if (!reason.isEmpty()) {
            chunk.finishReason(0, reason);
        }
        if (!ended) {
            usage.accept(data);
            chunk.billing(usage.reading());
        }
    }

    private static void block(ProviderChunk.Builder chunk, JsonNode block) {
        chunk.content(block.path("text").stringValue(""));
        chunk.reasoning(block.path("thinking").stringValue(""));
        if (block.path("type").stringValue("").endsWith("tool_use")) {
            chunk.tool(block.path("name").stringValue(""));
            chunk.other(block.path("input").isEmpty() ? "" : block.path("input").toString());
        }
    }

    private static void delta(ProviderChunk.Builder chunk, JsonNode delta) {
        chunk.content(delta.path("text").stringValue(""));
        chunk.reasoning(delta.path("thinking").stringValue(""));
        chunk.other(delta.path("partial_json").stringValue(""));
    }

    @Override
    boolean isLast(ProviderChunk chunk) {
        return ended;
    }

    @Override
    int expectedChoices(boolean terminated) {
        return ended ? 0 : 1;
    }
}
