package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirIT {

    @TempDir
    Path folder;

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_named_folder_is_its_owners_alone_and_stays() throws IOException {
        Path named = folder.resolve("a").resolve("b");
        try (DataDir dir = DataDir.of(named)) {
            assertThat(rights(dir.path())).isEqualTo("rwx------");
        }
        assertThat(named).exists();
    }

    @Test
    void a_temporary_folder_is_its_owners_alone_and_is_removed() throws IOException {
        DataDir dir = DataDir.of(null);
        Files.writeString(Files.createDirectory(dir.path().resolve("ledger")).resolve("file"), "money");
        assertThat(rights(dir.path())).isEqualTo("rwx------");
        dir.close();
        assertThat(dir.path()).doesNotExist();
    }

    @Test
    void a_gateway_leaves_no_temporary_folder() {
        RunningGateway gateway = RunningGateway.inFrontOfMock();
        Path used = gateway.gateway.dataDir();
        assertThat(used).isNotEmptyDirectory();
        gateway.close();
        assertThat(used).doesNotExist();
    }
}
