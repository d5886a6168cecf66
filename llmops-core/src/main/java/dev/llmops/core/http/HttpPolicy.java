package dev.llmops.core.http;

import dev.llmops.core.Ticker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * An HTTP client with the limits that every request of this library is subject to.
 *
 * <ul>
 *   <li>One deadline covers the whole exchange: connecting, redirects and the last byte of the body.
 *   <li>A body larger than the limit fails the request.
 *   <li>A redirect is followed only to the scheme, host and port of the request, at most five times; any other fails
 *       the request, so that credentials never reach another server.
 *   <li>{@code Authorization} is taken from a supplier for each request, so that tokens can be renewed.
 * </ul>
 *
 * <pre>{@code
 * HttpPolicy http = HttpPolicy.builder().timeout(Duration.ofSeconds(5)).build();
 * Answer answer = http.send(HttpRequest.newBuilder(URI.create("http://prometheus:9090/-/ready")).build());
 * }</pre>
 *
 * <p>Connections are pooled; no request is retried. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class HttpPolicy {

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> REDIRECTS_OF_ANY_METHOD = Set.of(307, 308);
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private final Ticker ticker = Ticker.system();
    private final HttpClient client;
    private final Duration timeout;
    private final int maxBodyBytes;
    private final Supplier<String> authorization;

    HttpPolicy(Builder settings) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.timeout)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        settings.proxy.ifPresent(builder::proxy);
        client = builder.build();
        timeout = settings.timeout;
        maxBodyBytes = settings.maxBodyBytes;
        authorization = settings.authorization;
    }

    /**
     * Creates a builder with the defaults: 10 seconds, 16 MiB, the system's proxy settings, no authentication.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sends a request and waits for the complete answer. A timeout set on the request is replaced by the policy's.
     *
     * @param request an http or https request
     * @return the answer, of any status
     * @throws HttpTimeoutException if the exchange did not complete within the timeout
     * @throws InterruptedIOException if the calling thread was interrupted; its interrupt flag is set
     * @throws IOException if the server cannot be reached, the body is too large, a redirect is refused, or the request
     *     cannot be made
     */
    public Answer send(HttpRequest request) throws IOException {
        long deadline = ticker.nanos() + timeout.toNanos();
        URI target = request.uri();
        for (int redirects = 0; ; redirects++) {
            HttpResponse<byte[]> response = exchange(request, target, deadline);
            Optional<URI> next = redirect(request, target, response);
            if (next.isEmpty()) {
                return new Answer(response.statusCode(), response.headers(), response.body());
            }
            if (redirects == MAX_REDIRECTS) {
                throw new IOException("redirected more than " + MAX_REDIRECTS + " times within " + origin(target)
                        + " — check the address");
            }
            target = next.get();
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, URI target, long deadline) throws IOException {
        long leftNanos = deadline - ticker.nanos();
        if (leftNanos <= 0) {
            throw timedOut(request);
        }
        CompletableFuture<HttpResponse<byte[]>> response;
        try {
            response = client.sendAsync(prepared(request, target), info -> new LimitedBody(maxBodyBytes));
        } catch (RuntimeException e) {
            throw new IOException("the request cannot be made (" + e + ") — check address, headers and token", e);
        }
        try {
            return response.get(leftNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw timedOut(request);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + origin(target));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            // The client watches its connections by the same limit and may be the first to see it pass.
            if (cause instanceof HttpTimeoutException) {
                throw timedOut(request);
            }
            if (cause instanceof ConnectException && cause.getMessage() == null) {
                ConnectException refused =
                        new ConnectException("no connection to " + origin(target) + " — check that the server runs");
                refused.initCause(cause);
                throw refused;
            }
            throw cause instanceof IOException failure ? failure : new IOException(String.valueOf(cause), e);
        }
    }

    private HttpRequest prepared(HttpRequest request, URI target) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .expectContinue(request.expectContinue())
                .timeout(timeout)
                .method(request.method(), request.bodyPublisher().orElse(HttpRequest.BodyPublishers.noBody()));
        request.headers().map().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String credentials = authorization.get();
        if (!credentials.isEmpty()) {
            builder.setHeader("Authorization", credentials);
        }
        return builder.build();
    }

    private HttpTimeoutException timedOut(HttpRequest request) {
        return new HttpTimeoutException(
                "no complete answer from " + request.uri().getHost() + " within " + timeout.toMillis()
                        + " ms — check the server, or raise the timeout");
    }

    private static Optional<URI> redirect(HttpRequest request, URI target, HttpResponse<?> response)
            throws IOException {
        int status = response.statusCode();
        Optional<String> location = response.headers().firstValue("Location");
        if (!REDIRECTS.contains(status) || location.isEmpty()) {
            return Optional.empty();
        }
        URI next;
        try {
            next = target.resolve(location.get());
        } catch (IllegalArgumentException e) {
            throw new IOException("the server redirects to no valid address — check the server", e);
        }
        boolean sameMethod = SAFE_METHODS.contains(request.method()) || REDIRECTS_OF_ANY_METHOD.contains(status);
        if (!sameMethod || !origin(next).equals(origin(target))) {
            throw new IOException("redirect to another server or method refused (HTTP " + status + " to " + origin(next)
                    + ") — only redirects within " + origin(target)
                    + " that keep the method are followed; set the final address");
        }
        return Optional.of(next);
    }

    /** Scheme, host and port alone: a path or query may hold a secret that must not reach a log. */
    private static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }

    /**
     * Builds an {@link HttpPolicy}. Not safe for use by many threads.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        Duration timeout = Duration.ofSeconds(10);
        int maxBodyBytes = 16 * 1024 * 1024;
        Supplier<String> authorization = () -> "";
        Optional<ProxySelector> proxy = Optional.empty();

        Builder() {}

        /**
         * Sets how long one request may take, from connecting to the last byte of the body; 10 seconds by default.
         *
         * @param limit at least a millisecond
         * @return this builder
         * @throws IllegalArgumentException if the limit is shorter
         */
        public Builder timeout(Duration limit) {
            if (limit.toMillis() < 1) {
                throw new IllegalArgumentException("timeout is too short (" + limit + ") — at least 1 ms");
            }
            timeout = limit;
            return this;
        }

        /**
         * Sets how large a response body may be; 16 MiB by default.
         *
         * @param limit &ge; 1
         * @return this builder
         * @throws IllegalArgumentException if the limit is below 1
         */
        public Builder maxBodyBytes(int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("maxBodyBytes is too small (" + limit + ") — at least 1");
            }
            maxBodyBytes = limit;
            return this;
        }

        /**
         * Sends an {@code Authorization} header; replaces what was set before.
         *
         * @param header supplies the header's value, for example {@code Bearer …}; called before each request, empty for
         *     none
         * @return this builder
         */
        public Builder authorization(Supplier<String> header) {
            authorization = Objects.requireNonNull(header, "header");
            return this;
        }

        /**
         * Sends a bearer token; replaces what was set before.
         *
         * @param token supplies the token; called before each request, so that it can be renewed
         * @return this builder
         */
        public Builder bearerToken(Supplier<String> token) {
            Objects.requireNonNull(token, "token");
            return authorization(() -> "Bearer " + token.get());
        }

        /**
         * Sends a user name and a password; replaces what was set before.
         *
         * @param user the name, without a colon
         * @param password the password
         * @return this builder
         */
        public Builder basicAuth(String user, String password) {
            byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            String header = "Basic " + Base64.getEncoder().encodeToString(credentials);
            return authorization(() -> header);
        }

        /**
         * Sets the proxy; the system's default proxy selector is used otherwise.
         *
         * @param selector for example {@link ProxySelector#of}
         * @return this builder
         */
        public Builder proxy(ProxySelector selector) {
            proxy = Optional.of(selector);
            return this;
        }

        /**
         * Builds the policy.
         *
         * @return the policy
         */
        public HttpPolicy build() {
            return new HttpPolicy(this);
        }
    }

    /**
     * The complete response to a request sent through an {@link HttpPolicy}, of any status. Immutable and safe for use by
     * many threads.
     */
    public static final class Answer {

        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        Answer(int status, HttpHeaders headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        /**
         * Returns the HTTP status code.
         *
         * @return for example 200
         */
        public int status() {
            return status;
        }

        /**
         * Returns true if the status is in the range 200 to 299.
         *
         * @return true for a success
         */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /**
         * Returns the response headers.
         *
         * @return the headers, names in any case
         */
        public HttpHeaders headers() {
            return headers;
        }

        /**
         * Returns the body decoded as UTF-8, malformed bytes as U+FFFD.
         *
         * @return the text; empty if there was no body
         */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "HTTP " + status + " (" + body.length + " bytes)";
        }
    }
}
