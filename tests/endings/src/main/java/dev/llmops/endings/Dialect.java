package dev.llmops.endings;

import java.util.List;

/** The words in which one provider's API says the same things. */
interface Dialect {

    /** An event of a stream. */
    record Event(String name, String data) {

        static Event of(String data) {
            return new Event("", data);
        }

        String text() {
            return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
        }
    }

    /** Returns the events before the first token, which have no content. */
    List<Event> start();

    Event token(String text);

    /** Returns the last events of an answer: finish reason, usage, end. */
    List<Event> end();

    /** Returns the events of a request for a tool, after {@link #start()}. */
    List<Event> toolCall();

    /** Returns an error inside a stream. */
    Event error();

    /** Returns the answer as one body. */
    String body();

    /** Returns the request for a tool as one body. */
    String toolBody();

    /** Returns an error as a body. */
    String errorBody();

    static Dialect ofPath(String path) {
        if (path.endsWith("/messages") || path.contains("/messages?")) {
            return new AnthropicMessages();
        }
        return path.endsWith("/responses") ? new OpenAiResponses() : new OpenAiChat();
    }
}
