package dev.llmops.endings;

import java.util.ArrayList;
import java.util.List;

/** The parts of an answer that an application saw, in the order in which it saw them. Thread-safe. */
public final class Transcript {

    private final List<String> lines = new ArrayList<>();
    private String framework = "";

    /** Adds a piece of text, as it arrived. */
    public synchronized Transcript item(String text) {
        lines.add("item " + text);
        return this;
    }

    /** Adds the end of the answer. */
    public synchronized Transcript completed() {
        lines.add("completed");
        return this;
    }

    /** Adds an exception that reached the application: its class, and those of its causes. */
    public synchronized Transcript error(Throwable error) {
        StringBuilder classes = new StringBuilder("error");
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            classes.append(' ').append(cause.getClass().getName());
        }
        lines.add(classes.toString());
        return this;
    }

    /** Adds anything else that the application saw, such as a tool that it was asked to run. */
    public synchronized Transcript saw(String what) {
        lines.add(what);
        return this;
    }

    /** Sets what the framework's own instrumentation says of the ending, for the published table. */
    public synchronized Transcript framework(String says) {
        framework = says;
        return this;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized String framework() {
        return framework;
    }
}
