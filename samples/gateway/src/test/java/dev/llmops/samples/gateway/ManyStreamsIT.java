package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A thousand streams at once, a tenth of them cut by the client. */
class ManyStreamsIT {

    private static final int STREAMS = 1_000;
    private static final int TOKENS = 200;
    private static final String BODY = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":120000,\"stream\":true}";

    @Test
    void every_request_is_counted_once_and_none_stays_open() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RunningGateway gateway = RunningGateway.inFrontOfMock()) {
            HttpClientAgent client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(STREAMS));
            List<Promise<Boolean>> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                boolean cut = i % 10 == 0;
                Promise<Boolean> ended = Promise.promise();
                streams.add(ended);
                client.request(options(gateway, cut))
                        .onSuccess(request -> read(request, cut, ended))
                        .onFailure(ended::fail);
            }
            int complete = 0;
            for (Promise<Boolean> stream : streams) {
                complete += stream.future()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(60, TimeUnit.SECONDS)
                        ? 1
                        : 0;
            }
            assertThat(complete).isEqualTo(STREAMS * 9 / 10);
            await().untilAsserted(() -> assertCounted(gateway.scrape()));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    /** Streams that are to be cut go on for minutes, so that they are surely open when their client hangs up. */
    private static RequestOptions options(RunningGateway gateway, boolean cut) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(gateway.address().resolve("/chat").toString())
                .putHeader("content-type", "application/json")
                .putHeader("x-mock", "tokens=" + TOKENS + "; ttft_ms=200; gap_ms=" + (cut ? 500 : 25));
    }

    private static void assertCounted(Scrape scrape) {
        double complete = STREAMS * 0.9;
        double cut = STREAMS * 0.1;
        assertThat(scrape.by("llm_requests_total", "status")).isEqualTo(Map.of("success", complete, "cancelled", cut));
        assertThat(scrape.sum("llm_request_latency_seconds_count")).isEqualTo(STREAMS);
        assertThat(scrape.sum("llm_active_requests")).isZero();
        assertThat(scrape.by("gateway_requests_total", "status"))
                .containsEntry("200", complete + scrapes(scrape))
                .containsEntry("499", cut);
        assertThat(scrape.sum("llm_tokens_total", "type", "output")).isGreaterThanOrEqualTo(complete * TOKENS);
    }

    private static double scrapes(Scrape scrape) {
        return scrape.sum("gateway_requests_total", "path", "/metrics");
    }

    /** Tells whether the answer came to its end; a stream that is to be cut is cut at its third token. */
    private static void read(HttpClientRequest request, boolean cut, Promise<Boolean> ended) {
        request.send(BODY)
                .onSuccess(response -> {
                    StringBuilder text = new StringBuilder();
                    response.exceptionHandler(broken -> ended.tryComplete(false));
                    response.endHandler(end -> ended.tryComplete(text.indexOf("\"latency_ms\"") > 0));
                    response.handler(bytes -> {
                        text.append(bytes.toString(StandardCharsets.UTF_8));
                        if (cut && text.toString().split("\n\n").length >= 3) {
                            request.reset();
                        }
                    });
                })
                .onFailure(ended::tryFail);
    }
}
