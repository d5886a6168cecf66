package dev.llmops.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    @TempDir
    private Path folder;

    @Test
    void score_is_the_median_over_the_iterations_of_all_forks() throws IOException {
        Figures figures = read("""
                [{"benchmark": "dev.llmops.benchmarks.SomeBenchmark.time", "threads": 2, "params": {"kind": "WIDE"},
                  "primaryMetric": {"score": 26.0, "rawData": [[4.0, 2.0], [95.0, 3.0]]},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 9.0, "rawData": [[8.0, 16.0, 3.0]]}}}]""");
        assertThat(figures.of("SomeBenchmark.time:WIDE", 2)).isEqualTo(3.5);
        assertThat(figures.of("SomeBenchmark.time:WIDE/bytes", 2)).isEqualTo(8.0);
    }

    @Test
    void what_was_not_measured_is_not_a_number() throws IOException {
        assertThat(read("[]").of("SomeBenchmark.time")).isNaN();
    }

    private Figures read(String json) throws IOException {
        return Figures.read(List.of(Files.writeString(folder.resolve("results.json"), json)));
    }
}
