package dev.llmops.core.io;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

    @TempDir
    Path folder;

    private Path file(byte... bytes) throws IOException {
        return Files.write(folder.resolve("a.yml"), bytes);
    }

    @Test
    void a_byte_order_mark_is_left_out() throws IOException {
        assertThat(TextFile.read(file("\uFEFFa: ä".getBytes("UTF-8")))).isEqualTo("a: ä");
    }

    @Test
    void another_encoding_is_named() throws IOException {
        assertThatThrownBy(() -> TextFile.read(file("\uFEFFü".getBytes(UTF_16LE))))
                .hasMessageContaining("a.yml is UTF-16, little endian — ");
        assertThatThrownBy(() -> TextFile.read(file("\uFEFFü".getBytes(UTF_16BE))))
                .hasMessageContaining("a.yml is UTF-16, big endian — ");
        assertThatThrownBy(() -> TextFile.read(file((byte) 'a', (byte) 0xFC)))
                .hasMessageContaining("a.yml is not UTF-8, but perhaps ISO-8859-1 or Windows-1252 — ");
    }

    @Test
    void a_missing_file_and_a_folder_are_named() {
        assertThatThrownBy(() -> TextFile.read(folder.resolve("none.yml")))
                .hasMessageEndingWith("none.yml: there is no such file — check the path");
        assertThatThrownBy(() -> TextFile.read(folder))
                .hasMessage(folder + ": this is a folder — a file is needed — name a file in it");
    }
}
