package dev.llmops.samples.gateway.mock;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of one answer in the shape of an API. */
interface MockShape {

    /** Returns the events before the first token. */
    List<MockEvent> head();

    MockEvent text(String text, boolean reasoning);

    /** Returns the events after the last token, the terminator included. */
    List<MockEvent> tail(MockPlan plan, boolean includeUsage);

    /** Returns the answer in one piece. */
    ObjectNode whole(MockPlan plan, String reasoning, String content);
}
