package dev.llmops.springai;

import dev.llmops.core.context.CallFacts;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** An application that reads a stream of texts as an ending demands, and writes down what it sees. */
final class Reading extends BaseSubscriber<String> {

    private final Ending ending;
    private final Transcript seen;
    private final CountDownLatch end = new CountDownLatch(1);
    private int tokens;

    private Reading(Ending ending, Transcript seen) {
        this.ending = ending;
        this.seen = seen;
    }

    /** Returns what the application says of its call: its deadline, if it has one. */
    static Map<String, Object> facts(Ending ending) {
        return ending.client() == Ending.Client.TIMES_OUT
                ? Map.of(CallFacts.DEADLINE, EndingsTable.DEADLINE)
                : Map.of();
    }

    static void read(Ending ending, Transcript seen, Flux<String> texts) throws Exception {
        if (ending.client() == Ending.Client.IGNORES) {
            return;
        }
        Reading reading = new Reading(ending, seen);
        boolean timesOut = ending.client() == Ending.Client.TIMES_OUT;
        (timesOut ? texts.timeout(EndingsTable.DEADLINE.plusMillis(100)) : texts).subscribe(reading);
        if (ending == Ending.CANCEL_BEFORE_FIRST_TOKEN) {
            boolean ended = reading.end.await(EndingsTable.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            reading.stop(seen.saw("ended " + ended));
        }
        if (!reading.end.await(10, TimeUnit.SECONDS)) {
            throw new TimeoutException("no end");
        }
    }

    @Override
    protected void hookOnNext(String text) {
        if (text.isEmpty()) {
            return;
        }
        seen.item(text);
        tokens++;
        if (tokens == 2 && ending.client() == Ending.Client.CANCELS) {
            stop(seen);
        }
    }

    private void stop(Transcript then) {
        cancel();
        then.saw("cancelled");
        end.countDown();
    }

    @Override
    protected void hookOnComplete() {
        seen.completed();
        end.countDown();
    }

    @Override
    protected void hookOnError(Throwable error) {
        seen.error(error);
        end.countDown();
    }
}
