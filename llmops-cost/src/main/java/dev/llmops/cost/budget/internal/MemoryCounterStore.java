package dev.llmops.cost.budget.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Counters in one process, under one lock: every operation is some map look-ups, and all scopes of a call change
 * together. What is over is swept as time goes by, so memory follows the calls of the retained windows.
 */
final class MemoryCounterStore extends CounterStore {

    private static final long SWEEP_MILLIS = 60_000;

    private final Map<String, Tally> tallies = new HashMap<>();
    private final Map<String, Call> calls = new HashMap<>();
    private final PriorityQueue<Call> holds = new PriorityQueue<>(Comparator.comparingLong(call -> call.expiresMillis));
    private long sweptMillis = Long.MIN_VALUE;

    @Override
    public boolean canFail() {
        return false;
    }

    @Override
    public synchronized Reservation reserve(Reserve reserve) {
        expire(reserve.nowMillis());
        Call known = calls.get(reserve.callId());
        List<Level> levels = levelsOf(reserve.counters());
        if (known != null && known.state == Call.State.SETTLED) {
            return new Reservation(Reservation.Outcome.SETTLED_BEFORE, levels);
        }
        if (known != null && known.state == Call.State.HELD) {
            return new Reservation(Reservation.Outcome.TAKEN, levels);
        }
        for (int i = 0; i < levels.size(); i++) {
            if (!reserve.counters().get(i).hasRoomFor(reserve.nanos(), levels.get(i))) {
                return new Reservation(Reservation.Outcome.NO_ROOM, levels);
            }
        }
        take(reserve);
        return new Reservation(Reservation.Outcome.TAKEN, levels);
    }

    private void take(Reserve reserve) {
        long expires = reserve.nowMillis() + reserve.holdMillis();
        List<Tally> held = new ArrayList<>(reserve.counters().size());
        for (StoreCounter counter : reserve.counters()) {
            Tally tally = tally(counter, reserve.nowMillis());
            tally.held += reserve.nanos();
            held.add(tally);
        }
        Call call = new Call(reserve.nanos(), held, expires, expires + reserve.rememberMillis());
        calls.put(reserve.callId(), call);
        holds.add(call);
    }

    @Override
    public synchronized CompletionStage<List<Settled>> settle(List<Settle> settlements) {
        return CompletableFuture.completedFuture(
                settlements.stream().map(this::settle).toList());
    }

    private Settled settle(Settle settle) {
        expire(settle.nowMillis());
        Call known = calls.get(settle.callId());
        if (known != null && known.state == Call.State.SETTLED) {
            return Settled.REPEATED;
        }
        Settled met = known == null ? Settled.UNHELD : known.state == Call.State.HELD ? Settled.ON_TIME : Settled.LATE;
        if (known != null && known.state == Call.State.HELD) {
            known.release(Call.State.SETTLED);
            holds.remove(known);
        }
        for (StoreCounter counter : settle.counters()) {
            tally(counter, settle.nowMillis()).spend(counter.cellMillis(), settle.nanos());
        }
        calls.put(settle.callId(), Call.settled(settle.nowMillis() + settle.rememberMillis()));
        return met;
    }

    @Override
    public synchronized List<Level> levels(List<StoreCounter> counters, long nowMillis) {
        expire(nowMillis);
        return levelsOf(counters);
    }

    @Override
    public synchronized boolean seed(StoreCounter counter, long nanos, long nowMillis) {
        if (tallies.containsKey(counter.key())) {
            return false;
        }
        tally(counter, nowMillis).spend(counter.cellMillis(), nanos);
        return true;
    }

    private List<Level> levelsOf(List<StoreCounter> counters) {
        List<Level> levels = new ArrayList<>(counters.size());
        for (StoreCounter counter : counters) {
            Tally tally = tallies.get(counter.key());
            levels.add(tally == null ? new Level(0, 0) : tally.level(counter.oldestCellMillis()));
        }
        return levels;
    }

    private Tally tally(StoreCounter counter, long nowMillis) {
        Tally tally = tallies.computeIfAbsent(counter.key(), key -> new Tally());
        tally.forgetMillis = Math.max(tally.forgetMillis, nowMillis + counter.retainMillis());
        tally.dropBefore(2 * counter.oldestCellMillis() - counter.cellMillis());
        return tally;
    }

    /** Gives back what expired holds took, and now and then forgets windows and calls that are over. */
    private void expire(long nowMillis) {
        for (Call hold = holds.peek(); hold != null && hold.expiresMillis <= nowMillis; hold = holds.peek()) {
            holds.poll();
            hold.release(Call.State.EXPIRED);
        }
        if (nowMillis >= sweptMillis + SWEEP_MILLIS || sweptMillis == Long.MIN_VALUE) {
            sweptMillis = nowMillis;
            tallies.values().removeIf(tally -> tally.held == 0 && tally.forgetMillis <= nowMillis);
            calls.values().removeIf(call -> call.state != Call.State.HELD && call.forgetMillis <= nowMillis);
        }
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private static final class Tally {

        private final TreeMap<Long, Long> spentByCell = new TreeMap<>();
        private long held;
        private long forgetMillis;

        void spend(long cellMillis, long nanos) {
            spentByCell.merge(cellMillis, nanos, Long::sum);
        }

        Level level(long oldestCellMillis) {
            long spent = 0;
            for (long cell : spentByCell.tailMap(oldestCellMillis).values()) {
                spent += cell;
            }
            return new Level(spent, held);
        }

        /** A window's length of cells is kept beyond it, for callers whose clocks are behind. */
        void dropBefore(long cellMillis) {
            spentByCell.headMap(cellMillis).clear();
        }
    }

    private static final class Call {

        private enum State {
            HELD,
            EXPIRED,
            SETTLED
        }

        private final long nanos;
        private final List<Tally> tallies;
        private final long expiresMillis;
        private final long forgetMillis;
        private State state = State.HELD;

        Call(long nanos, List<Tally> tallies, long expiresMillis, long forgetMillis) {
            this.nanos = nanos;
            this.tallies = tallies;
            this.expiresMillis = expiresMillis;
            this.forgetMillis = forgetMillis;
        }

        static Call settled(long forgetMillis) {
            Call call = new Call(0, List.of(), forgetMillis, forgetMillis);
            call.state = State.SETTLED;
            return call;
        }

        void release(State next) {
            tallies.forEach(tally -> tally.held -= nanos);
            state = next;
        }
    }
}
