package dev.llmops.aspect.endings;

import dev.llmops.core.record.Outcome;
import dev.llmops.endings.Ending;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class CompletionStageEndingsTest extends RawChatEndings {

    @Override
    protected String row() {
        return "@LlmObserved, CompletionStage";
    }

    @Override
    protected boolean seesTokens(Ending ending) {
        return false;
    }

    /** A future completes without anyone who waits for it. */
    @Override
    protected List<Outcome> outcomes(Ending ending) {
        return ending == Ending.NEVER_CONSUMED ? List.of(Outcome.COMPLETED) : super.outcomes(ending);
    }

    @Override
    void read(Turn turn, RawChat chat, String message) throws Exception {
        CompletableFuture<HttpResponse<String>> future =
                turn.ending() == Ending.RETRY ? chat.futureWithRetry(message) : chat.future(message);
        if (turn.is(Ending.Client.CANCELS)) {
            turn.transcript().saw("cancelled " + future.cancel(true));
        } else if (turn.is(Ending.Client.READS) || turn.is(Ending.Client.TIMES_OUT)) {
            await(turn, future);
        }
    }

    private static void await(Turn turn, CompletableFuture<HttpResponse<String>> future) throws InterruptedException {
        try {
            turn.read(future.get(turn.is(Ending.Client.TIMES_OUT) ? DEADLINE.toMillis() : 10_000, TimeUnit.MILLISECONDS)
                    .body());
            turn.transcript().completed();
        } catch (TimeoutException e) {
            turn.transcript().saw("gave up " + future.cancel(true));
        } catch (ExecutionException | RuntimeException e) {
            turn.transcript().error(e);
        }
    }
}
