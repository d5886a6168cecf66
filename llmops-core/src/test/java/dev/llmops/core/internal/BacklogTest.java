package dev.llmops.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final List<Integer> booked = new ArrayList<>();
    private final List<Runnable> soon = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final Backlog<Integer> backlog = new Backlog<>(booked::add, soon::add, later::add);

    private void add(int from, int to) {
        IntStream.range(from, to).forEach(backlog::add);
    }

    @Test
    void what_was_added_is_booked_in_its_order_before_it_is_read() {
        add(0, 3);
        assertThat(booked).isEmpty();
        backlog.settle();
        assertThat(booked).containsExactly(0, 1, 2);
        add(3, 4);
        backlog.settle();
        assertThat(booked).containsExactly(0, 1, 2, 3);
    }

    @Test
    void a_quarter_of_the_places_asks_another_thread_to_book() {
        add(0, Backlog.CAPACITY / 4 - 1);
        assertThat(soon).isEmpty();
        add(0, 1);
        assertThat(soon).hasSize(1);
        assertThat(booked).isEmpty();
        soon.get(0).run();
        assertThat(booked).hasSize(Backlog.CAPACITY / 4);
    }

    @Test
    void another_thread_that_does_not_come_is_asked_once() {
        add(0, Backlog.CAPACITY);
        assertThat(soon).hasSize(1);
        soon.get(0).run();
        add(0, Backlog.CAPACITY / 4);
        assertThat(soon).hasSize(2);
    }

    @Test
    void a_single_addition_is_booked_later() {
        add(0, 2);
        assertThat(later).hasSize(1);
        later.get(0).run();
        assertThat(booked).containsExactly(0, 1);
        add(2, 3);
        assertThat(later).hasSize(2);
    }

    @Test
    void a_caller_that_finds_no_place_books_what_is_there() {
        add(0, Backlog.CAPACITY);
        assertThat(booked).isEmpty();
        backlog.add(Backlog.CAPACITY);
        assertThat(booked).hasSize(Backlog.CAPACITY);
        backlog.settle();
        assertThat(booked)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, Backlog.CAPACITY).boxed().toList());
    }

    @Test
    void a_booking_may_add_more() {
        List<Backlog<Integer>> self = new ArrayList<>();
        self.add(new Backlog<>(number -> {
            booked.add(number);
            if (number > 0) {
                self.get(0).add(number - 1);
            }
        }));
        self.get(0).add(2);
        for (int i = 1; i <= 3; i++) {
            self.get(0).settle();
            assertThat(booked).hasSize(i);
        }
        assertThat(booked).containsExactly(2, 1, 0);
    }

    @RepeatedTest(5)
    void many_threads_lose_nothing_and_each_keeps_its_order() throws Exception {
        int threads = 8;
        int each = 20_000;
        int[] next = new int[threads];
        List<String> wrong = new ArrayList<>();
        Backlog<Integer> shared = new Backlog<>(number -> {
            int thread = number / each;
            if (next[thread]++ != number % each) {
                wrong.add(number + " was booked out of turn");
            }
        });
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Callable<Boolean>> work = IntStream.range(0, threads)
                .<Callable<Boolean>>mapToObj(thread -> () -> {
                    for (int i = 0; i < each; i++) {
                        shared.add(thread * each + i);
                        if (i % 5_000 == thread) {
                            shared.settle();
                        }
                    }
                    return true;
                })
                .toList();
        for (Future<Boolean> done : executor.invokeAll(work)) {
            done.get();
        }
        executor.shutdown();
        shared.settle();
        synchronized (shared) {
            assertThat(wrong).isEmpty();
            assertThat(next).containsOnly(each);
        }
    }
}
