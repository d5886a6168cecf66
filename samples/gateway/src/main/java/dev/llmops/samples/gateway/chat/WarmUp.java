package dev.llmops.samples.gateway.chat;

import dev.llmops.samples.gateway.calls.ModelRequest;
import dev.llmops.samples.gateway.provider.ApiFormat;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.provider.ProviderChunk;
import dev.llmops.samples.gateway.provider.ProviderHandler;
import dev.llmops.samples.gateway.provider.ProviderRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;

/**
 * Sends the mock provider a few requests that are not recorded. The first answer through cold code takes half a second
 * longer than later ones, which would count against the first client's deadline.
 */
public final class WarmUp implements ProviderHandler {

    private static final int ROUNDS = 5;
    private static final Map<String, String> AT_ONCE = Map.of("x-mock", "tokens=50; ttft_ms=0; gap_ms=0");

    private final Promise<Void> done = Promise.promise();

    private WarmUp() {}

    public static Future<Void> run(Vertx vertx, OpenAiClient client, String model) {
        ModelRequest question = new ChatRequest("warm-up", "Ready?", ChatRequest.MAX_BUDGET_MILLIS, null, null, true)
                .toModelRequest(model);
        Future<Void> rounds = Future.succeededFuture();
        for (int i = 0; i < ROUNDS; i++) {
            WarmUp round = new WarmUp();
            rounds = rounds.compose(before -> {
                vertx.runOnContext(
                        now -> client.send(ProviderRequest.of(ApiFormat.CHAT, question.body(), AT_ONCE), round));
                return round.done.future();
            });
        }
        return rounds;
    }

    @Override
    public void onChunk(ProviderChunk chunk) {}

    @Override
    public void onEnd() {
        done.complete();
    }

    @Override
    public void onFailure(Exception failure) {
        done.fail(failure);
    }
}
