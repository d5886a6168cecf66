package dev.llmops.endings;

import dev.llmops.core.record.Outcome;
import java.util.Collections;
import java.util.List;

/** The ways in which a streamed answer can end, each with what the provider and the application do. */
public enum Ending {
    /** The answer of four tokens, to its end. */
    COMPLETE(Provider.ANSWERS, Client.READS, Outcome.COMPLETED),
    /** The application cancels while the provider is silent. */
    CANCEL_BEFORE_FIRST_TOKEN(Provider.STALLS_AT_START, Client.CANCELS, Outcome.CANCELLED),
    /** The application cancels after two tokens. */
    CANCEL_AFTER_FIRST_TOKEN(Provider.STALLS, Client.CANCELS, Outcome.CANCELLED),
    /** The application's own deadline passes while the provider is silent. */
    TIMEOUT_BEFORE_FIRST_TOKEN(Provider.STALLS_AT_START, Client.TIMES_OUT, Outcome.TIMED_OUT),
    /** The application's own deadline passes after two tokens. */
    TIMEOUT_AFTER_FIRST_TOKEN(Provider.STALLS, Client.TIMES_OUT, Outcome.TIMED_OUT),
    /** The connection breaks in the midst of the body, after two tokens. */
    CONNECTION_DROP(Provider.BREAKS_OFF, Client.READS, Outcome.FAILED),
    /** An error object arrives in the stream after two tokens. */
    ERROR_IN_STREAM(Provider.SENDS_ERROR, Client.READS, Outcome.FAILED),
    /** A chunk after two tokens is no JSON. */
    MALFORMED_CHUNK(Provider.SENDS_GARBAGE, Client.READS, Outcome.FAILED),
    /** The provider ends the body after two tokens, without a finish reason. */
    EARLY_CLOSE(Provider.ENDS_EARLY, Client.READS, Outcome.FAILED),
    /** The application asks for the answer and never reads it. */
    NEVER_CONSUMED(Provider.ANSWERS, Client.IGNORES, Outcome.ABANDONED),
    /** The provider sends its last events twice. */
    DUPLICATE_TERMINAL(Provider.ENDS_TWICE, Client.READS, Outcome.COMPLETED),
    /** The model asks for a tool, and answers when it has the result: two calls of the model. */
    TOOL_ROUND_TRIP(Provider.ASKS_FOR_TOOL, Client.READS, Outcome.COMPLETED, 2),
    /** The provider refuses the first request with a 503 and answers the second. */
    RETRY(Provider.REFUSES_ONCE, Client.READS, Outcome.COMPLETED);

    /** The behaviour of the provider. */
    public enum Provider {
        ANSWERS,
        STALLS_AT_START,
        STALLS,
        BREAKS_OFF,
        SENDS_ERROR,
        SENDS_GARBAGE,
        ENDS_EARLY,
        ENDS_TWICE,
        ASKS_FOR_TOOL,
        REFUSES_ONCE
    }

    /** The behaviour of the application. */
    public enum Client {
        /** Reads to the end. */
        READS,
        /** Cancels or closes after {@link Ending#tokensBefore()} tokens. */
        CANCELS,
        /** Gives up {@link EndingsTable#DEADLINE} after the start. */
        TIMES_OUT,
        /** Asks and does nothing with what it gets. */
        IGNORES
    }

    private final Provider provider;
    private final Client client;
    private final Outcome outcome;
    private final int calls;

    Ending(Provider provider, Client client, Outcome outcome) {
        this(provider, client, outcome, 1);
    }

    Ending(Provider provider, Client client, Outcome outcome, int calls) {
        this.provider = provider;
        this.client = client;
        this.outcome = outcome;
        this.calls = calls;
    }

    /** Returns what the provider does. */
    public Provider provider() {
        return provider;
    }

    /** Returns what the application does. */
    public Client client() {
        return client;
    }

    /** Returns the outcome of each record that is right, in order. */
    public List<Outcome> outcomes() {
        return Collections.nCopies(calls, outcome);
    }

    /** Returns how many tokens arrive before the ending: 0, 2 or all 4. */
    public int tokensBefore() {
        return switch (provider) {
            case STALLS_AT_START -> 0;
            case STALLS, BREAKS_OFF, SENDS_ERROR, SENDS_GARBAGE, ENDS_EARLY -> 2;
            case ANSWERS, ENDS_TWICE, ASKS_FOR_TOOL, REFUSES_ONCE -> 4;
        };
    }

    /** Returns true if the provider reports the usage of the whole answer. */
    public boolean isWhole() {
        return tokensBefore() == 4;
    }
}
