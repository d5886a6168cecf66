package dev.llmops.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** Two threads end one call in different ways: one of them wins, and there is one record. */
@JCStressTest
@Outcome(id = "1, COMPLETED", expect = ACCEPTABLE, desc = "The answer came first.")
@Outcome(id = "1, CANCELLED", expect = ACCEPTABLE, desc = "The cancel came first.")
@State
public class EndingRace {

    private final RacedCall raced = new RacedCall();

    /** Ends the call as completed. */
    @Actor
    public void finish() {
        raced.call.finish("stop");
    }

    /** Ends the call as cancelled. */
    @Actor
    public void cancel() {
        raced.call.cancel();
    }

    /**
     * Reads the end of the race.
     *
     * @param result the number of records and the outcome
     */
    @Arbiter
    public void end(IL_Result result) {
        result.r1 = raced.records();
        result.r2 = raced.record().outcome().name();
    }
}
