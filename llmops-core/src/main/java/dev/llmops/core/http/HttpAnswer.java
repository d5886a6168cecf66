package dev.llmops.core.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * The complete response to a request sent through an {@link HttpPolicy}, of any status. Immutable and safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class HttpAnswer {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    HttpAnswer(int status, HttpHeaders headers, byte[] body) {
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
