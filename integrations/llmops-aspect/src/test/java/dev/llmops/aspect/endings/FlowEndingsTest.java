package dev.llmops.aspect.endings;

import dev.llmops.core.record.Outcome;
import dev.llmops.core.response.ServerSentEvent;
import dev.llmops.endings.Ending;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

class FlowEndingsTest extends RawChatEndings {

    @Override
    protected String row() {
        return "@LlmObserved, Flow.Publisher";
    }

    /** Without a subscription there is no request, and no call. */
    @Override
    protected List<Outcome> outcomes(Ending ending) {
        return ending == Ending.NEVER_CONSUMED ? List.of() : super.outcomes(ending);
    }

    @Override
    void read(Turn turn, RawChat chat, String message) throws Exception {
        Flow.Publisher<ServerSentEvent> events = chat.publisher(message);
        if (turn.is(Ending.Client.IGNORES)) {
            return;
        }
        Reading reading = new Reading(turn);
        events.subscribe(reading);
        reading.await();
    }

    /** Takes events one by one. */
    private static final class Reading implements Flow.Subscriber<ServerSentEvent> {

        private final Turn turn;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Flow.Subscription subscription;

        Reading(Turn turn) {
            this.turn = turn;
        }

        void await() throws InterruptedException {
            boolean timesOut = turn.is(Ending.Client.TIMES_OUT);
            boolean ends = ended.await(timesOut ? DEADLINE.toMillis() : 10_000, TimeUnit.MILLISECONDS);
            if (!ends) {
                turn.transcript().saw("gave up");
                subscription.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(ServerSentEvent event) {
            try {
                if (turn.takes(event)) {
                    subscription.request(1);
                    return;
                }
                turn.transcript().saw("cancelled");
            } catch (RuntimeException e) {
                turn.transcript().error(e);
            }
            subscription.cancel();
            ended.countDown();
        }

        @Override
        public void onError(Throwable error) {
            turn.transcript().error(error);
            ended.countDown();
        }

        @Override
        public void onComplete() {
            turn.transcript().completed();
            ended.countDown();
        }
    }
}
