package dev.llmops.samples.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.net.ProtocolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

    private static final int LIMIT = 100_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        join(vertx.close());
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private Buffer read(int bytes) {
        int port = join(vertx.createHttpServer()
                        .requestHandler(request -> request.response().end(Buffer.buffer(new byte[bytes])))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        HttpClient client = vertx.createHttpClient();
        return join(client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.send())
                .compose(response -> BoundedBody.read(response, LIMIT)));
    }

    @Test
    void a_body_of_the_limit_is_read() {
        assertThat(read(LIMIT).length()).isEqualTo(LIMIT);
    }

    @Test
    void a_longer_body_is_not_kept() {
        assertThatThrownBy(() -> read(LIMIT + 1))
                .hasCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining("longer than 100000 bytes");
    }
}
