package dev.llmops.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPolicyTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start_a_server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop_the_server() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/redirect/")) {
            String[] parts = exchange.getRequestURI().toString().substring(10).split("/", 2);
            exchange.getResponseHeaders().set("Location", parts[1].startsWith("http") ? parts[1] : "/" + parts[1]);
            exchange.sendResponseHeaders(Integer.parseInt(parts[0]), -1);
        } else if (path.equals("/status")) {
            exchange.sendResponseHeaders(503, -1);
        } else {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("grün".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            stall(path);
        }
        exchange.close();
    }

    private void stall(String path) {
        if (path.equals("/stalled")) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private static HttpPolicy.Builder policy() {
        return HttpPolicy.builder().timeout(Duration.ofSeconds(60));
    }

    @Test
    void the_answer_of_a_request_is_returned() throws IOException {
        HttpPolicy.Answer answer = policy().build().send(request("/").build());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.text()).isEqualTo("grün");
        assertThat(answer).hasToString("HTTP 200 (5 bytes)");
    }

    @Test
    void an_error_status_is_an_answer() throws IOException {
        HttpPolicy.Answer answer = policy().build().send(request("/status").build());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void the_deadline_covers_the_body() {
        HttpPolicy impatient =
                HttpPolicy.builder().timeout(Duration.ofMillis(200)).build();
        assertThatThrownBy(() -> impatient.send(request("/stalled").build()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("no complete answer from 127.0.0.1 within 200 ms — check the server, or raise the timeout");
    }

    @Test
    void a_body_of_the_limit_passes_and_a_larger_one_fails() throws IOException {
        assertThat(policy().maxBodyBytes(5).build().send(request("/").build()).text())
                .isEqualTo("grün");
        HttpPolicy narrow = policy().maxBodyBytes(4).build();
        assertThatThrownBy(() -> narrow.send(request("/").build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 4 bytes");
    }

    @Test
    void a_redirect_within_the_server_is_followed_with_its_credentials() throws IOException {
        HttpPolicy http = policy().basicAuth("me", "secret").build();
        assertThat(http.send(request("/redirect/302/there?a=b").build()).text()).isEqualTo("grün");
        assertThat(seen)
                .containsExactly(
                        "GET /redirect/302/there?a=b Basic bWU6c2VjcmV0 ", "GET /there?a=b Basic bWU6c2VjcmV0 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/there", "https://127.0.0.1/there", "http://127.0.0.1:1/there"})
    void a_redirect_to_another_server_is_refused(String elsewhere) {
        assertThatThrownBy(() -> policy().build()
                        .send(request("/redirect/307/" + elsewhere).build()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("redirect to another server or method refused (HTTP 307 to ")
                .hasMessageNotContaining("/there");
    }

    @Test
    void a_post_is_redirected_only_as_a_post() throws IOException {
        HttpRequest.BodyPublisher form = HttpRequest.BodyPublishers.ofString("form");
        policy().build().send(request("/redirect/307/there").POST(form).build());
        assertThat(seen).containsExactly("POST /redirect/307/there null form", "POST /there null form");
        assertThatThrownBy(() -> policy().build()
                        .send(request("/redirect/302/there").POST(form).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keep the method");
    }

    @Test
    void a_circle_of_redirects_ends() {
        String circle = "/redirect/302/redirect/302/redirect/302/redirect/302/redirect/302/redirect/302/redirect/302/x";
        assertThatThrownBy(() -> policy().build().send(request(circle).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 5 times");
        assertThat(seen).hasSize(6);
    }

    @Test
    void a_token_is_asked_for_before_each_request() throws IOException {
        List<String> tokens = new ArrayList<>(List.of("one", "two"));
        HttpPolicy http = policy().bearerToken(() -> tokens.remove(0)).build();
        http.send(request("/").build());
        http.send(request("/").build());
        assertThat(seen).containsExactly("GET / Bearer one ", "GET / Bearer two ");
    }

    @Test
    void a_token_that_cannot_be_had_is_a_failed_request() {
        HttpPolicy http = policy().bearerToken(() -> "a\nb").build();
        assertThatThrownBy(() -> http.send(request("/").build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the request cannot be made");
    }

    @Test
    void an_interrupted_thread_stops_waiting_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> policy().build().send(request("/stalled").build()))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_proxy_stands_in_for_the_server() throws IOException {
        HttpPolicy http = policy().proxy(ProxySelector.of(server.getAddress())).build();
        assertThat(http.send(HttpRequest.newBuilder(URI.create("http://prometheus.invalid/x"))
                                .build())
                        .text())
                .isEqualTo("grün");
        assertThat(seen).containsExactly("GET http://prometheus.invalid/x null ");
    }

    @Test
    void a_server_that_is_gone_is_a_failure() {
        server.stop(0);
        assertThatThrownBy(() -> policy().build().send(request("/").build())).isInstanceOf(IOException.class);
    }

    @Test
    void limits_below_the_least_are_refused() {
        assertThatThrownBy(() -> HttpPolicy.builder().timeout(Duration.ZERO))
                .hasMessage("timeout is too short (PT0S) — at least 1 ms");
        assertThatThrownBy(() -> HttpPolicy.builder().maxBodyBytes(0))
                .hasMessage("maxBodyBytes is too small (0) — at least 1");
    }

    @Test
    void what_an_address_asks_for_is_told_to_no_log() {
        assertThatThrownBy(() -> policy().build()
                        .send(request(
                                        "/redirect/302/redirect/302/redirect/302/redirect/302/redirect/302/redirect/302/x?key=secret")
                                .build()))
                .hasMessage("redirected more than 5 times within http://127.0.0.1:"
                        + server.getAddress().getPort() + " — check the address");
    }

    @Test
    void a_server_that_does_not_run_is_named() {
        server.stop(0);
        assertThatThrownBy(() ->
                        policy().build().send(request("/prices?key=secret").build()))
                .isInstanceOf(ConnectException.class)
                .hasMessage("no connection to http://127.0.0.1:"
                        + server.getAddress().getPort() + " — check that the server runs");
    }
}
