package dev.llmops.samples.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the gateway that sends it varied requests at random times, seeded, over HTTP like any other. Runs on one
 * event loop.
 */
final class Traffic {

    private static final long SEED = 7;
    private static final int MAX_CONNECTIONS = 2_000;
    private static final long PATIENCE_MILLIS = 150;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final URI gateway;
    private final double perSecond;
    private final double faultRatio;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private volatile boolean stopped;

    /**
     * @param certificate that of the gateway; null for plain HTTP
     * @param perSecond the mean rate; arrivals are independent of each other
     * @param faultRatio the share of requests for which the mock provider fails
     */
    Traffic(Vertx vertx, URI gateway, @Nullable Path certificate, double perSecond, double faultRatio) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(options(certificate), new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
        this.gateway = gateway;
        this.perSecond = perSecond;
        this.faultRatio = faultRatio;
    }

    private static HttpClientOptions options(@Nullable Path certificate) {
        HttpClientOptions options = new HttpClientOptions();
        // Its own certificate, for any name that it has.
        return certificate == null
                ? options
                : options.setSsl(true)
                        .setVerifyHost(false)
                        .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
    }

    /** Sends nothing at a rate of 0. */
    void start() {
        if (perSecond > 0) {
            vertx.getOrCreateContext().runOnContext(now -> scheduleNext());
        }
    }

    void stop() {
        stopped = true;
    }

    private void scheduleNext() {
        double waitMillis = -Math.log(1 - random.nextDouble()) * 1000 / perSecond;
        vertx.setTimer(Math.max(1, Math.round(waitMillis)), due -> {
            if (!stopped) {
                send(TrafficRequest.next(random, faultRatio));
                scheduleNext();
            }
        });
    }

    private void send(TrafficRequest traffic) {
        post("/chat", traffic.script(), request -> {
            if (traffic.leavesEarly()) {
                vertx.setTimer(PATIENCE_MILLIS, impatient -> request.reset());
            }
            request.send(traffic.body())
                    .compose(HttpClientResponse::body)
                    .onSuccess(answer -> judge(answer, traffic.verdict()));
        });
    }

    private void judge(Buffer answer, @Nullable String verdict) {
        if (verdict == null) {
            return;
        }
        // A stream ends in the same object that stands alone otherwise.
        String text = answer.toString().strip();
        String last = text.substring(text.lastIndexOf('\n') + 1).replaceFirst("^data: ", "");
        String id = JsonMapper.shared().readTree(last).path("request_id").asString();
        String feedback = JsonMapper.shared()
                .createObjectNode()
                .put("request_id", id)
                .put("verdict", verdict)
                .toString();
        post("/feedback", null, request -> request.send(feedback));
    }

    private void post(String path, @Nullable String script, Consumer<HttpClientRequest> send) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(gateway.resolve(path).toString())
                .putHeader("Content-Type", "application/json");
        if (script != null) {
            options.putHeader("x-mock", script);
        }
        client.request(options).onSuccess(send::accept);
    }
}
