package dev.llmops.spring.boot.actuate;

import dev.llmops.report.LivePage;
import dev.llmops.report.Page;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint {@code llmopspage}: objectives, money and the latest calls on one page, which follows its own
 * stream of events. What it shows of users, tenants and content is what the content policy shows in logs.
 */
@WebEndpoint(id = LlmOpsPageEndpoint.ID)
final class LlmOpsPageEndpoint {

    static final String ID = "llmopspage";

    private static final String EVENTS = "events";
    private static final LivePage PAGE = new LivePage(ID + "/" + EVENTS, Duration.ofSeconds(10));

    /** A stream of one event, after which the browser connects again: an operation of actuator answers once. */
    private static final String EVENT = "retry: 2000\ndata: %s\n\n";

    private final LiveStateSource source;

    LlmOpsPageEndpoint(LiveStateSource source) {
        this.source = source;
    }

    /**
     * Returns the page.
     *
     * @return an HTML document
     */
    @ReadOperation(produces = "text/html;charset=UTF-8")
    public String page() {
        return PAGE.toHtml(current());
    }

    /**
     * Returns the present state for a page that is open.
     *
     * @param part {@code events}
     * @return a server-sent event, or null for another part
     */
    @ReadOperation(produces = "text/event-stream;charset=UTF-8")
    public @Nullable String event(@Selector String part) {
        return part.equals(EVENTS) ? EVENT.formatted(LivePage.toEvent(current())) : null;
    }

    private Page current() {
        return source.state().toPage();
    }
}
