package dev.llmops.conformance;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackageSizeTest {

    /** More files than this cannot be taken in at a glance; see docs/decisions/house.md. */
    private static final long MOST_FILES = 30;

    @Test
    void no_package_has_more_than_30_files() throws IOException {
        Map<Path, Long> sizes = SourceTree.mainSources().stream()
                .map(file -> SourceTree.PROJECT.relativize(file.getParent()))
                .collect(groupingBy(folder -> folder, TreeMap::new, counting()));
        assertThat(sizes).isNotEmpty();
        assertThat(sizes.entrySet())
                .filteredOn(size -> size.getValue() > MOST_FILES)
                .isEmpty();
    }
}
