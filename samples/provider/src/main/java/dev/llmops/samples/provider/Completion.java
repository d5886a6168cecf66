package dev.llmops.samples.provider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One chat completion, whole or as a stream. */
final class Completion {

    private final String model;
    private final boolean includesUsage;
    private final Reply reply;
    private final List<String> tokens;
    private final int inputTokens;

    private Completion(JsonNode request) {
        model = request.path("model").asString("unknown");
        includesUsage = request.path("stream_options").path("include_usage").asBoolean(false);
        reply = Reply.to(request);
        tokens = Words.tokens(reply.tool() == null ? reply.text() : reply.tool() + " " + reply.arguments());
        inputTokens = Reply.list(request.path("messages")).stream()
                .mapToInt(message -> Words.tokens(Reply.content(message)).size())
                .sum();
    }

    static Completion of(JsonNode request) {
        return new Completion(request);
    }

    ObjectNode whole() {
        ObjectNode completion = envelope("chat.completion");
        ObjectNode choice = choice(completion, finishReason());
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.putNull("refusal");
        if (reply.tool() == null) {
            message.put("content", reply.text());
        } else {
            message.putNull("content");
            toolCall(message.putArray("tool_calls"));
        }
        usage(completion);
        return completion;
    }

    void streamTo(OutputStream out, Duration pace) throws IOException {
        ObjectNode head = chunk("");
        delta(head).put("role", "assistant").put("content", "");
        send(out, head);
        if (reply.tool() == null) {
            for (String token : tokens) {
                pause(pace);
                ObjectNode chunk = chunk("");
                delta(chunk).put("content", token);
                send(out, chunk);
            }
        } else {
            pause(pace);
            ObjectNode chunk = chunk("");
            toolCall(delta(chunk).putArray("tool_calls"));
            send(out, chunk);
        }
        send(out, chunk(finishReason()));
        if (includesUsage) {
            ObjectNode last = envelope("chat.completion.chunk");
            last.putArray("choices");
            usage(last);
            send(out, last);
        }
        write(out, "[DONE]");
    }

    private String finishReason() {
        return reply.tool() == null ? "stop" : "tool_calls";
    }

    private ObjectNode chunk(String finishReason) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        choice(chunk, finishReason).putObject("delta");
        return chunk;
    }

    private static ObjectNode delta(ObjectNode chunk) {
        return (ObjectNode) chunk.path("choices").path(0).path("delta");
    }

    private ObjectNode envelope(String object) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", "chatcmpl-keyless")
                .put("object", object)
                .put("created", 1_790_000_000)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode parent, String finishReason) {
        ObjectNode choice = parent.putArray("choices").addObject().put("index", 0);
        return finishReason.isEmpty() ? choice.putNull("finish_reason") : choice.put("finish_reason", finishReason);
    }

    private void toolCall(ArrayNode calls) {
        calls.addObject()
                .put("index", 0)
                .put("id", "call_1")
                .put("type", "function")
                .putObject("function")
                .put("name", reply.tool())
                .put("arguments", reply.arguments());
    }

    private void usage(ObjectNode parent) {
        parent.putObject("usage")
                .put("prompt_tokens", inputTokens)
                .put("completion_tokens", tokens.size())
                .put("total_tokens", inputTokens + tokens.size());
    }

    private static void pause(Duration pace) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(pace.toNanos());
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static void send(OutputStream out, ObjectNode data) throws IOException {
        write(out, data.toString());
    }

    private static void write(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
