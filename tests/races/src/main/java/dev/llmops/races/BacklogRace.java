package dev.llmops.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.llmops.core.internal.Backlog;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two threads add while one of them books: each addition is booked once, and whole. */
@JCStressTest
@Outcome(id = "3, 30", expect = ACCEPTABLE, desc = "Each was booked once.")
@State
public class BacklogRace {

    /** An addition, written before it is added, as a record is. */
    private static final class Told {
        private final BacklogRace race;
        private int number;

        Told(BacklogRace race, int number) {
            this.race = race;
            this.number = number;
        }
    }

    /** Shared by all races, which fill and empty it millions of times. */
    private static final Backlog<Told> BACKLOG = new Backlog<>(told -> {
        told.race.bookings++;
        told.race.sum += told.number;
    });

    // Guarded by the monitor of the backlog.
    private long bookings;
    private long sum;

    /** Adds two. */
    @Actor
    public void add() {
        BACKLOG.add(new Told(this, 10));
        BACKLOG.add(new Told(this, 15));
    }

    /** Adds one, and books what is there. */
    @Actor
    public void addAndSettle() {
        BACKLOG.add(new Told(this, 5));
        BACKLOG.settle();
    }

    /**
     * Books the rest.
     *
     * @param result the number of bookings and their sum
     */
    @Arbiter
    public void end(JJ_Result result) {
        synchronized (BACKLOG) {
            BACKLOG.settle();
            result.r1 = bookings;
            result.r2 = sum;
        }
    }
}
