package dev.llmops.aspect.endings;

import dev.llmops.core.response.ServerSentEvent;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;

/** Reads a {@link Flux} of events, and gives up with {@code timeout}. */
final class FluxReading {

    /** Fails when the deadline has passed since the subscription. */
    private static final Flux<ServerSentEvent> GIVE_UP =
            Flux.<ServerSentEvent>never().timeout(EndingsTable.DEADLINE);

    private FluxReading() {}

    static void read(Turn turn, Flux<ServerSentEvent> events) {
        if (turn.is(Ending.Client.IGNORES)) {
            return;
        }
        Flux<ServerSentEvent> wanted = events.takeWhile(turn::takes);
        Flux<ServerSentEvent> inTime = turn.is(Ending.Client.TIMES_OUT) ? wanted.mergeWith(GIVE_UP) : wanted;
        try {
            inTime.blockLast(Duration.ofSeconds(10));
            turn.transcript().completed();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof TimeoutException) {
                turn.transcript().saw("gave up");
            } else {
                turn.transcript().error(e);
            }
        }
    }
}
