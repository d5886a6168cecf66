package dev.llmops.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.llmops.core.record.CallRecord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A thread reports chunks while another ends the call: the record holds a prefix of the stream, and never half a chunk. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The end came before the first chunk.")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "One chunk, which has no gap before it.")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Two chunks and the gap between them.")
@Outcome(id = "3, 2", expect = ACCEPTABLE, desc = "The whole stream.")
@State
public class ChunkRace {

    private final RacedCall raced = new RacedCall();

    /** Reports three chunks of a token each. */
    @Actor
    public void stream() {
        raced.call.chunk(1);
        raced.call.chunk(1);
        raced.call.chunk(1);
    }

    /** Ends the call. */
    @Actor
    public void finish() {
        raced.call.finish("stop");
    }

    /**
     * Reads the end of the race.
     *
     * @param result the number of tokens and of gaps
     */
    @Arbiter
    public void end(JJ_Result result) {
        CallRecord record = raced.record();
        result.r1 = record.usage().outputTokens().orElse(0);
        result.r2 = record.timing().interToken().samples();
    }
}
