package dev.llmops.cost.budget.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.internal.CounterStore.Reservation;
import dev.llmops.cost.budget.internal.CounterStore.Reserve;
import dev.llmops.cost.budget.internal.CounterStore.Settle;
import dev.llmops.cost.budget.internal.CounterStore.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises; the store goes by the time that callers pass. */
abstract class CounterStoreContract {

    private static final long START = 1_700_000_000_000L;
    private static final long HOLD = 60_000;
    private static final long REMEMBER = 3_600_000;
    private static final long RETAIN = 7_200_000;

    private CounterStore store;
    private long now = START;

    abstract CounterStore newStore();

    @BeforeEach
    void open() {
        store = newStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_hold_takes_room_up_to_the_ceiling_and_no_more() {
        assertThat(reserve("a", 60, day(100))).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(reserve("b", 41, day(100))).isEqualTo(Reservation.Outcome.NO_ROOM);
        assertThat(reserve("c", 40, day(100))).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(level(day(100))).isEqualTo(new Level(0, 100));
    }

    @Test
    void the_answer_tells_what_was_spent_and_held_before() throws Exception {
        reserve("a", 60, day(100));
        settle("a", 25, day(100));
        reserve("b", 10, day(100));

        Reservation refused = store.reserve(new Reserve("c", 66, List.of(day(100)), now, HOLD, REMEMBER));

        assertThat(refused.levels()).containsExactly(new Level(25, 10));
    }

    @Test
    void several_counters_are_taken_together_or_not_at_all() {
        StoreCounter user = counter("user", 1000);
        StoreCounter tenant = counter("tenant", 50);

        assertThat(reserve("a", 51, user, tenant)).isEqualTo(Reservation.Outcome.NO_ROOM);
        assertThat(level(user)).isEqualTo(new Level(0, 0));
        assertThat(level(tenant)).isEqualTo(new Level(0, 0));

        assertThat(reserve("b", 50, user, tenant)).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(level(user)).isEqualTo(new Level(0, 50));
        assertThat(level(tenant)).isEqualTo(new Level(0, 50));
    }

    @Test
    void a_counter_without_ceiling_only_counts() {
        assertThat(reserve("a", 9_000_000_000_000_000L, counter("soft", StoreCounter.NO_CEILING)))
                .isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(level(counter("soft", StoreCounter.NO_CEILING)).held()).isEqualTo(9_000_000_000_000_000L);
    }

    @Test
    void a_ceiling_of_zero_admits_what_is_free_and_nothing_else() {
        assertThat(reserve("free", 0, day(0))).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(reserve("paid", 1, day(0))).isEqualTo(Reservation.Outcome.NO_ROOM);
        assertThat(settle("free", 0, day(0))).isEqualTo(Settled.ON_TIME);
        assertThat(level(day(0))).isEqualTo(new Level(0, 0));
    }

    @Test
    void amounts_are_exact_to_the_last_billionth_of_the_largest_limit() {
        long largest = Budget.MAX_AMOUNT.movePointRight(9).longValueExact();
        StoreCounter counter = counter("large", largest);

        assertThat(reserve("a", largest - 1, counter)).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(settle("a", largest - 1, counter)).isEqualTo(Settled.ON_TIME);
        assertThat(reserve("b", 2, counter)).isEqualTo(Reservation.Outcome.NO_ROOM);
        assertThat(reserve("c", 1, counter)).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(level(counter)).isEqualTo(new Level(largest - 1, 1));
    }

    @Test
    void a_settlement_replaces_the_hold_by_the_spend() {
        reserve("a", 60, day(100));

        assertThat(settle("a", 45, day(100))).isEqualTo(Settled.ON_TIME);
        assertThat(level(day(100))).isEqualTo(new Level(45, 0));
    }

    @Test
    void a_settlement_may_pass_the_ceiling_and_then_nothing_else_gets_in() {
        reserve("a", 60, day(100));
        settle("a", 130, day(100));

        assertThat(level(day(100))).isEqualTo(new Level(130, 0));
        assertThat(reserve("b", 0, day(100))).isEqualTo(Reservation.Outcome.NO_ROOM);
    }

    @Test
    void a_call_is_settled_once() {
        reserve("a", 60, day(100));
        settle("a", 45, day(100));

        assertThat(settle("a", 45, day(100))).isEqualTo(Settled.REPEATED);
        assertThat(level(day(100))).isEqualTo(new Level(45, 0));
    }

    @Test
    void a_call_that_was_settled_cannot_be_held_again() {
        reserve("a", 60, day(100));
        settle("a", 45, day(100));

        assertThat(reserve("a", 10, day(100))).isEqualTo(Reservation.Outcome.SETTLED_BEFORE);
        assertThat(level(day(100))).isEqualTo(new Level(45, 0));
    }

    @Test
    void a_hold_that_is_asked_for_again_is_taken_once() {
        reserve("a", 60, day(100));

        assertThat(reserve("a", 60, day(100))).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(level(day(100))).isEqualTo(new Level(0, 60));
    }

    @Test
    void a_hold_whose_owner_is_gone_expires_by_itself() {
        reserve("crashed", 100, day(100));
        now += HOLD - 1;
        assertThat(reserve("b", 1, day(100))).isEqualTo(Reservation.Outcome.NO_ROOM);

        now += 1;

        assertThat(reserve("b", 100, day(100))).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(level(day(100))).isEqualTo(new Level(0, 100));
    }

    @Test
    void a_settlement_after_the_hold_expired_is_late_and_added_in_full_once() {
        reserve("a", 60, day(100));
        now += HOLD;
        reserve("b", 90, day(100));

        assertThat(settle("a", 55, day(100))).isEqualTo(Settled.LATE);
        assertThat(settle("a", 55, day(100))).isEqualTo(Settled.REPEATED);
        assertThat(level(day(100))).isEqualTo(new Level(55, 90));
    }

    @Test
    void a_hold_that_expired_can_be_taken_anew() {
        reserve("a", 60, day(100));
        now += HOLD;

        assertThat(reserve("a", 70, day(100))).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(settle("a", 50, day(100))).isEqualTo(Settled.ON_TIME);
        assertThat(level(day(100))).isEqualTo(new Level(50, 0));
    }

    @Test
    void a_settlement_without_a_hold_is_added_in_full_once() {
        assertThat(settle("a", 55, day(100))).isEqualTo(Settled.UNHELD);
        assertThat(settle("a", 55, day(100))).isEqualTo(Settled.REPEATED);
        assertThat(level(day(100))).isEqualTo(new Level(55, 0));
    }

    @Test
    void spend_stays_in_the_window_of_its_hold() {
        StoreCounter monday = counter("monday", 100);
        StoreCounter tuesday = counter("tuesday", 100);
        reserve("a", 60, monday);
        settle("a", 60, monday);

        assertThat(reserve("b", 100, tuesday)).isEqualTo(Reservation.Outcome.TAKEN);
        assertThat(level(monday)).isEqualTo(new Level(60, 0));
    }

    @Test
    void a_rolling_counter_forgets_cell_by_cell() {
        settle("a", 40, rolling(0));
        settle("b", 50, rolling(1000));

        assertThat(level(rolling(60_000))).isEqualTo(new Level(90, 0));
        assertThat(level(rolling(61_000))).isEqualTo(new Level(50, 0));
        assertThat(level(rolling(62_000))).isEqualTo(new Level(0, 0));
    }

    @Test
    void a_caller_whose_clock_is_behind_still_sees_the_cells_that_count_for_it() {
        settle("a", 40, rolling(0));
        reserve("b", 1, rolling(61_000));

        assertThat(level(rolling(60_000)).spent()).isEqualTo(40);
    }

    @Test
    void only_a_cold_counter_can_be_seeded() throws Exception {
        assertThat(store.seed(day(100), 30, now)).isTrue();
        assertThat(store.seed(day(100), 30, now)).isFalse();
        assertThat(level(day(100))).isEqualTo(new Level(30, 0));
    }

    @Test
    void what_was_seeded_stays_as_long_as_its_counter() throws Exception {
        StoreCounter begunLongAgo =
                new StoreCounter("year", "", START - 100 * RETAIN, START - 100 * RETAIN, 100, RETAIN);
        store.seed(begunLongAgo, 30, now);
        now += RETAIN - 1;

        assertThat(level(begunLongAgo)).isEqualTo(new Level(30, 0));
    }

    @Test
    void a_counter_in_use_cannot_be_seeded() throws Exception {
        reserve("a", 10, day(100));

        assertThat(store.seed(day(100), 30, now)).isFalse();
        assertThat(level(day(100))).isEqualTo(new Level(0, 10));
    }

    @Test
    void many_threads_never_take_more_than_the_ceiling() throws Exception {
        StoreCounter user = counter("user", 500);
        StoreCounter tenant = counter("tenant", 300);
        AtomicLong taken = new AtomicLong();

        inParallel(8, thread -> {
            for (int i = 0; i < 200; i++) {
                if (reserve(thread + "-" + i, 7, user, tenant) == Reservation.Outcome.TAKEN) {
                    taken.addAndGet(7);
                }
            }
        });

        assertThat(taken).hasValue(294);
        assertThat(level(tenant)).isEqualTo(new Level(0, 294));
        assertThat(level(user)).isEqualTo(new Level(0, 294));
    }

    @Test
    void many_threads_that_hold_and_settle_leave_exactly_the_sum() throws Exception {
        StoreCounter counter = counter("sum", 100_000);
        AtomicLong spent = new AtomicLong();

        inParallel(8, thread -> {
            for (int i = 0; i < 150; i++) {
                String call = thread + "-" + i;
                if (reserve(call, 20, counter) == Reservation.Outcome.TAKEN) {
                    settle(call, i % 20, counter);
                    spent.addAndGet(i % 20);
                }
            }
        });

        assertThat(level(counter)).isEqualTo(new Level(spent.get(), 0));
    }

    @Test
    void many_threads_that_settle_the_same_call_add_it_once() throws Exception {
        StoreCounter counter = counter("once", 1000);
        for (int call = 0; call < 50; call++) {
            reserve("call-" + call, 10, counter);
        }

        inParallel(4, thread -> {
            for (int call = 0; call < 50; call++) {
                settle("call-" + call, 9, counter);
            }
        });

        assertThat(level(counter)).isEqualTo(new Level(450, 0));
    }

    private Reservation.Outcome reserve(String call, long nanos, StoreCounter... counters) {
        try {
            return store.reserve(new Reserve(call, nanos, List.of(counters), now, HOLD, REMEMBER))
                    .outcome();
        } catch (StoreUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void many_settlements_go_to_the_store_at_once() {
        reserve("a", 60, day(100));
        Settle first = new Settle("a", 50, List.of(day(100)), now, REMEMBER);
        Settle second = new Settle("b", 10, List.of(day(100), rolling(0)), now, REMEMBER);

        List<Settled> met = store.settle(List.of(first, second, first))
                .toCompletableFuture()
                .join();

        assertThat(met).containsExactly(Settled.ON_TIME, Settled.UNHELD, Settled.REPEATED);
        assertThat(level(day(100))).isEqualTo(new Level(60, 0));
        assertThat(level(rolling(0)).spent()).isEqualTo(10);
    }

    private Settled settle(String call, long nanos, StoreCounter... counters) {
        return store.settle(List.of(new Settle(call, nanos, List.of(counters), now, REMEMBER)))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private Level level(StoreCounter counter) {
        try {
            return store.levels(List.of(counter), now).get(0);
        } catch (StoreUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private static StoreCounter day(long ceiling) {
        return counter("day", ceiling);
    }

    private static StoreCounter counter(String key, long ceiling) {
        return new StoreCounter(key, "", START, START, ceiling, RETAIN);
    }

    /** One minute in cells of a second, seen some time after the start. */
    private static StoreCounter rolling(long elapsedMillis) {
        long cell = START + elapsedMillis;
        return new StoreCounter("rolling", "", cell, cell - 60_000, 1_000_000, RETAIN);
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inParallel(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            tasks.add(() -> {
                work.run(number);
                return null;
            });
        }
        for (Future<Void> done : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
            done.get();
        }
        pool.shutdownNow();
    }
}
