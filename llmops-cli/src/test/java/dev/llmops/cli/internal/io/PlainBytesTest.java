package dev.llmops.cli.internal.io;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainBytesTest {

    private static String read(byte[] bytes) throws IOException {
        return new String(PlainBytes.of(new ByteArrayInputStream(bytes)).readAllBytes(), UTF_8);
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "{\"a\":\"é\"}\n", "\u001f"})
    void text_stays_as_it_is_packed_or_not_marked_or_not(String text) throws IOException {
        assertThat(read(text.getBytes(UTF_8))).isEqualTo(text);
        assertThat(read(zipped(text))).isEqualTo(text);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_8))).isEqualTo(text);
        assertThat(read(zipped("\uFEFF" + text))).isEqualTo(text);
    }

    @Test
    void zips_one_behind_the_other_are_one_text() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(zipped("one\n"));
        bytes.writeBytes(zipped("two\n"));

        assertThat(read(bytes.toByteArray())).isEqualTo("one\ntwo\n");
    }

    @Test
    void utf_16_is_named_with_what_to_do() {
        assertThatThrownBy(() -> read("{}".getBytes(UTF_16)))
                .isInstanceOf(IOException.class)
                .hasMessage("it is UTF-16 — UTF-8 is read — convert it with iconv -f UTF-16 -t UTF-8");
        assertThatThrownBy(() -> read("\uFEFF{}".getBytes(UTF_16LE))).isInstanceOf(IOException.class);
    }
}
