package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentUseTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 2000;

    @Test
    void one_redactor_serves_many_threads() throws Exception {
        Redactor redactor = Redactor.ofDefaults();
        inThreads(thread -> {
            String text = "t%d@b.example 4111 1111 1111 1111 身份证11010119250224642X".formatted(thread);
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(redactor.redact(text).text()).isEqualTo("[EMAIL] [CREDIT_CARD] 身份证[CN_ID_CARD]");
            }
        });
    }

    @Test
    void sessions_never_share_a_value() throws Exception {
        Redactor redactor = Redactor.ofDefaults();
        inThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                String mail = "t%dr%d@b.example".formatted(thread, round);
                try (RedactionSession session = redactor.openSession()) {
                    assertThat(session.redact(mail).text()).isEqualTo("[EMAIL_1]");
                    assertThat(session.restore("[EMAIL_1]")).isEqualTo(mail);
                }
            }
        });
    }

    @Test
    void one_session_numbers_each_value_once() throws Exception {
        RedactionSession session = Redactor.ofDefaults().openSession();
        inThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                String mail = "r%d@b.example".formatted(round);
                assertThat(session.restore(session.redact(mail).text())).isEqualTo(mail);
            }
        });
        assertThat(session.redact("last@b.example").text()).isEqualTo("[EMAIL_%d]".formatted(ROUNDS + 1));
    }

    private interface Work {
        void of(int thread);
    }

    private static void inThreads(Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<? extends Future<?>> done = IntStream.range(0, THREADS)
                    .mapToObj(thread -> pool.submit(() -> work.of(thread)))
                    .toList();
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
