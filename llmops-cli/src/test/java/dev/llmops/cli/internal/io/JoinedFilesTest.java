package dev.llmops.cli.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedFilesTest {

    private static String joined(String... texts) throws IOException {
        try (InputStream bytes = new JoinedFiles(
                List.of(texts).iterator(), text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_last_line_of_a_file_is_not_joined_with_the_first_of_the_next() throws IOException {
        assertThat(joined("one\ntwo", "three", "four\n", "", "five")).isEqualTo("one\ntwo\nthree\nfour\nfive\n");
    }

    @Test
    void files_without_lines_have_none_together() throws IOException {
        assertThat(joined("", "", "")).isEmpty();
    }

    @Test
    void a_file_that_ends_too_early_is_named() {
        InputStream torn = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Unexpected end of ZLIB input stream");
            }
        };

        assertThatThrownBy(() -> new JoinedFiles(List.of("calls.gz").iterator(), name -> torn).readAllBytes())
                .hasMessage("cannot read calls.gz to its end (Unexpected end of ZLIB input stream) — a whole"
                        + " file is read — wait until it is written, or copy it again");
    }

    @Test
    void single_bytes_are_read_too() throws IOException {
        try (InputStream bytes = new JoinedFiles(
                List.of("é", "b").iterator(),
                text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            int[] read = {bytes.read(), bytes.read(), bytes.read(), bytes.read(), bytes.read(), bytes.read()};
            assertThat(read).containsExactly(0xC3, 0xA9, '\n', 'b', '\n', -1);
        }
    }
}
