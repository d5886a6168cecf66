package dev.llmops.benchmarks.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/** A provider that answers every request with the same stream: its first token at once, each other one some time later. */
final class TokenServer {

    /** The last event of an answer. */
    static final String LAST_EVENT = "data: [DONE]\n\n";

    private static final int TOKENS = 20;
    private static final long GAP_MILLIS = 2;
    private static final String CHUNK = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1764403200,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[%s]}\n\n";
    private static final String DELTA = "{\"index\":0,\"delta\":{\"content\":\"%s \"},\"finish_reason\":null}";
    private static final String STOP = "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}";
    private static final String USAGE = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1764403200,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":60,\"completion_tokens\":20,\"total_tokens\":80}}\n\n";

    private final Vertx vertx;
    private final List<Buffer> tokens = new ArrayList<>();
    private final Buffer end = Buffer.buffer(CHUNK.formatted(STOP) + USAGE + LAST_EVENT);

    private TokenServer(Vertx vertx) {
        this.vertx = vertx;
        for (int i = 0; i < TOKENS; i++) {
            tokens.add(Buffer.buffer(CHUNK.formatted(DELTA.formatted("token" + i))));
        }
    }

    /** Starts on a free port. */
    static Future<HttpServer> start(Vertx vertx) {
        TokenServer server = new TokenServer(vertx);
        return vertx.createHttpServer().requestHandler(server::handle).listen(0, "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        request.endHandler(read -> {
            HttpServerResponse response =
                    request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            send(response, 0);
        });
    }

    private void send(HttpServerResponse response, int token) {
        if (token == TOKENS) {
            response.end(end);
        } else {
            response.write(tokens.get(token));
            vertx.setTimer(GAP_MILLIS, due -> send(response, token + 1));
        }
    }
}
