package dev.llmops.samples.gateway.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A reader of what others wrote, with samples of it.
 *
 * @param reading returns, or throws an exception that its documentation names
 */
record ForeignReader(String name, List<byte[]> samples, Reading reading) {

    /** Reads bytes. */
    @FunctionalInterface
    interface Reading {
        void read(byte[] bytes) throws Exception;
    }

    /** Reads a text. */
    @FunctionalInterface
    interface TextReading {
        void read(String text) throws Exception;
    }

    static ForeignReader ofText(String name, TextReading reading, String... samples) {
        return new ForeignReader(
                name,
                Stream.of(samples)
                        .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                bytes -> reading.read(new String(bytes, StandardCharsets.UTF_8)));
    }
}
