package dev.llmops.endings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A request and the answer that the script has for it. */
final class Exchange {

    private static final String GARBAGE = "{\"id\":\"cut";

    private final Ending.Provider script;
    private final Socket connection;
    private final HttpRequest request;
    private final int number;
    private final Dialect dialect;
    private final OutputStream out;

    Exchange(Ending.Provider script, Socket connection, HttpRequest request, int number) throws IOException {
        this.script = script;
        this.connection = connection;
        this.request = request;
        this.number = number;
        this.dialect = Dialect.ofPath(request.path());
        this.out = connection.getOutputStream();
    }

    void answer() throws IOException {
        if (script == Ending.Provider.REFUSES_ONCE && number == 1) {
            body("503 Service Unavailable", dialect.errorBody());
        } else if (request.isStream()) {
            stream();
        } else {
            plain();
        }
    }

    private boolean asksForTool() {
        return script == Ending.Provider.ASKS_FOR_TOOL && !request.hasToolResult();
    }

    private void plain() throws IOException {
        switch (script) {
            case STALLS_AT_START, STALLS -> awaitClient();
            case BREAKS_OFF -> connection.close();
            case SENDS_ERROR -> body("200 OK", dialect.errorBody());
            case SENDS_GARBAGE -> body("200 OK", GARBAGE);
            case ENDS_EARLY -> {
                write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n" + GARBAGE);
                connection.close();
            }
            case ANSWERS, ENDS_TWICE, ASKS_FOR_TOOL, REFUSES_ONCE ->
                body("200 OK", asksForTool() ? dialect.toolBody() : dialect.body());
        }
    }

    private void stream() throws IOException {
        write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
        events(dialect.start());
        switch (script) {
            case STALLS_AT_START -> awaitClient();
            case STALLS -> {
                tokens(2);
                awaitClient();
            }
            case BREAKS_OFF -> {
                tokens(2);
                letClientRead();
                connection.close();
            }
            case SENDS_ERROR -> {
                tokens(2);
                event(dialect.error());
                chunk("");
            }
            case SENDS_GARBAGE -> {
                tokens(2);
                event(Dialect.Event.of(GARBAGE));
                events(dialect.end());
                chunk("");
            }
            case ENDS_EARLY -> {
                tokens(2);
                chunk("");
            }
            case ENDS_TWICE -> {
                tokens(Answer.TOKENS.size());
                events(dialect.end());
                events(dialect.end());
                chunk("");
            }
            case ANSWERS, ASKS_FOR_TOOL, REFUSES_ONCE -> {
                if (asksForTool()) {
                    events(dialect.toolCall());
                } else {
                    tokens(Answer.TOKENS.size());
                    events(dialect.end());
                }
                chunk("");
            }
        }
    }

    private void tokens(int count) throws IOException {
        for (String token : Answer.TOKENS.subList(0, count)) {
            event(dialect.token(token));
        }
    }

    private void events(List<Dialect.Event> events) throws IOException {
        for (Dialect.Event event : events) {
            event(event);
        }
    }

    private void event(Dialect.Event event) throws IOException {
        chunk(event.text());
    }

    private void chunk(String text) throws IOException {
        write(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
    }

    private void body(String status, String json) throws IOException {
        write("HTTP/1.1 " + status + "\r\ncontent-type: application/json\r\ncontent-length: "
                + json.getBytes(UTF_8).length + "\r\nretry-after: 0\r\n\r\n" + json);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** A client that finds its connection broken may drop what it has received and not read yet. */
    private static void letClientRead() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Stays silent until the client closes the connection. */
    private void awaitClient() throws IOException {
        while (connection.getInputStream().read() >= 0) {}
        connection.close();
    }
}
