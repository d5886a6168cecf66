package dev.llmops.samples.gateway.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineWriterTest {

    @Test
    void lines_of_many_threads_stay_whole_and_are_all_there_at_the_end() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String text = "测".repeat(3_000);
        try (LineWriter writer = new LineWriter(out)) {
            IntStream.range(0, 500).parallel().forEach(line -> writer.write(line + text));
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(500)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.endsWith(text));
    }

    @Test
    void a_reader_that_does_not_read_holds_no_writer_up() {
        CountDownLatch reading = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        LineWriter writer = new LineWriter(stuck);
        assertThatThrownBy(() -> IntStream.range(0, 10_000).forEach(line -> writer.write("line")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("standard output is read too slowly (4096 lines wait)");
        reading.countDown();
        writer.close();
    }

    @Test
    void an_output_that_is_closed_says_so() {
        LineWriter writer = new LineWriter(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("broken pipe");
            }
        });
        writer.write("line");
        await().untilAsserted(() ->
                assertThatThrownBy(() -> writer.write("line")).hasMessageStartingWith("standard output is closed"));
    }
}
