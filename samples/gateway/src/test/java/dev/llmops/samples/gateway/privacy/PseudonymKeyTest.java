package dev.llmops.samples.gateway.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymKeyTest {

    @TempDir
    Path dataDir;

    @Test
    void a_restart_finds_the_key_of_before() {
        byte[] first = PseudonymKey.find(Map.of(), dataDir);
        assertThat(first).hasSize(32);
        assertThat(PseudonymKey.find(Map.of(), dataDir)).isEqualTo(first);
    }

    @Test
    void only_its_owner_may_read_it() throws Exception {
        PseudonymKey.find(Map.of(), dataDir);
        try (var files = Files.list(dataDir)) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_fleet_shares_the_key_of_the_environment() {
        byte[] key = PseudonymKey.find(Map.of(PseudonymKey.VARIABLE, "0123456789abcdef"), dataDir);
        assertThat(key).isEqualTo("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        assertThat(dataDir).isEmptyDirectory();
    }
}
