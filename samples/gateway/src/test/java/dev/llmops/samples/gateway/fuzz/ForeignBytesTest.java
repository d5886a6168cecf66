package dev.llmops.samples.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each reader of what others wrote returns, or refuses with an exception that is meant for it; it neither fails otherwise nor
 * works on one input for long. A few inputs of a fixed seed each, or {@code -Dllmops.fuzz.minutes=10} with a new seed.
 */
class ForeignBytesTest {

    private static final int FEW = 150;
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final long MINUTES = Long.getLong("llmops.fuzz.minutes", 0);
    // Of a machine that has other work; what is unbounded takes hours or all memory.
    private static final Duration FOR_ONE_INPUT = Duration.ofSeconds(30);

    private static ForeignFiles files;

    @TempDir
    private static Path folder;

    @AfterAll
    static void close() {
        files.close();
    }

    @TestFactory
    Stream<DynamicTest> readers() throws IOException {
        files = new ForeignFiles(folder);
        List<ForeignReader> all = new ArrayList<>(ForeignReaders.texts());
        all.addAll(ForeignRecords.texts());
        all.addAll(files.all());
        Duration share = MINUTES == 0 ? SHORT : Duration.ofMinutes(MINUTES).dividedBy(all.size());
        return all.stream().map(reader -> DynamicTest.dynamicTest(reader.name(), () -> fuzz(reader, share)));
    }

    private static void fuzz(ForeignReader reader, Duration time) throws Exception {
        for (byte[] sample : reader.samples()) {
            isRefused(reader, sample, 0, 0);
        }
        long seed = MINUTES == 0 ? 1 : System.nanoTime();
        HostileBytes hostile = new HostileBytes(reader.samples(), seed);
        long start = System.nanoTime();
        int inputs = 0;
        int refused = 0;
        long slowest = 0;
        while (System.nanoTime() - start < time.toNanos() && (MINUTES > 0 || inputs < FEW)) {
            byte[] input = hostile.next();
            long before = System.nanoTime();
            refused += isRefused(reader, input, seed, inputs++) ? 1 : 0;
            slowest = Math.max(slowest, System.nanoTime() - before);
        }
        assertThat(Duration.ofNanos(slowest)).isLessThan(FOR_ONE_INPUT);
        if (MINUTES > 0) {
            System.out.printf(
                    "%s: %d inputs, %d refused, slowest %d ms%n", reader.name(), inputs, refused, slowest / 1_000_000);
        }
    }

    private static boolean isRefused(ForeignReader reader, byte[] input, long seed, int number) {
        try {
            reader.reading().read(input);
            return false;
        } catch (IllegalArgumentException | IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return true;
        } catch (Throwable e) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            throw new AssertionError(
                    reader.name() + ", seed " + seed + ", input " + number + ": "
                            + text.substring(0, Math.min(2_000, text.length())),
                    e);
        }
    }
}
