package dev.llmops.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Moves {@code file} to {@code file.1}, {@code file.1} to {@code file.2}, and so on; the last one goes. */
final class Rotation {

    private Rotation() {}

    static void rotate(Path path, int kept) throws IOException {
        if (kept == 0) {
            Files.deleteIfExists(path);
            return;
        }
        for (int i = kept - 1; i >= 1; i--) {
            if (Files.exists(numbered(path, i))) {
                Files.move(numbered(path, i), numbered(path, i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(path, numbered(path, 1), StandardCopyOption.REPLACE_EXISTING);
    }

    static Path numbered(Path path, int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }
}
