package dev.llmops.samples.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of what survives a restart, readable by its owner alone. Without one a temporary folder is used, and removed
 * at the end.
 *
 * @param path the folder
 * @param isTemporary true if it is removed at the end
 */
record DataDir(Path path, boolean isTemporary) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDir.class);
    private static final String OWNER_ONLY = "rwx------";

    static DataDir of(@Nullable Path named) {
        try {
            if (named == null) {
                return new DataDir(Files.createTempDirectory("llmops-gateway"), true);
            }
            Files.createDirectories(named);
            if (named.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(named, PosixFilePermissions.fromString(OWNER_ONLY));
            }
            return new DataDir(named, false);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "--data-dir cannot be used (" + e + ") — a folder that can be written is needed — pass another", e);
        }
    }

    @Override
    public void close() {
        if (!isTemporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("the temporary folder {} could not be removed: {}", path, e.toString());
        }
    }
}
