package dev.llmops.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves a {@link Page} that changes: a document whose script takes over each later state from a stream of server-sent
 * events, and that a browser without script loads again from time to time. All of it passes the strict
 * {@link #contentSecurityPolicy()}. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LivePage {

    private static final String SCRIPT = HtmlWriter.resource("live.js");

    /** The part of the policy that a document can state by itself, where no header does. */
    private static final String POLICY = "default-src 'none'; style-src '" + digest(HtmlWriter.STYLE_SHEET)
            + "'; script-src '" + digest(SCRIPT) + "'; connect-src 'self'; base-uri 'none'; form-action 'none'";

    private final String events;
    private final Duration reload;

    /**
     * Creates the page of a stream.
     *
     * @param events the address of the stream, relative to the page's own
     * @param reload the time after which a browser without script loads the page again, in whole seconds
     */
    public LivePage(String events, Duration reload) {
        this.events = events;
        this.reload = reload;
    }

    /**
     * Renders the document.
     *
     * @param page the state when it is loaded
     * @return the document
     */
    public String toHtml(Page page) {
        return new HtmlWriter()
                .write(
                        page,
                        " data-events=\"" + Escape.html(events) + "\"",
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + Escape.html(POLICY) + "\">\n"
                                + "<noscript><meta http-equiv=\"refresh\" content=\"" + reload.toSeconds()
                                + "\"></noscript>\n",
                        "<p class=\"announced\" role=\"status\"></p>\n<script>" + SCRIPT + "</script>\n");
    }

    /**
     * Renders a later state.
     *
     * @param page the state
     * @return the data of an event, one line
     */
    public static String toEvent(Page page) {
        return JsonMapper.shared().writeValueAsString(new HtmlWriter().writeContent(page));
    }

    /**
     * Returns the policy under which a page works, be it live or {@linkplain Page#toHtml() not}: its own style and script
     * by their digests, connections to its own origin, and nothing else. A live page states all but who may frame it by itself.
     *
     * @return the value of the header {@code Content-Security-Policy}
     */
    public static String contentSecurityPolicy() {
        return POLICY + "; frame-ancestors 'none'";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
