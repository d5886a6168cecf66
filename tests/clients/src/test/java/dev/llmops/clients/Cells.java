package dev.llmops.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes a line for each test: client, feature, and pass, fail or none where the client does not have the feature. */
final class Cells implements TestWatcher {

    @Override
    public void testSuccessful(ExtensionContext test) {
        write(test, "pass");
    }

    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
        write(test, "FAIL");
    }

    @Override
    public void testAborted(ExtensionContext test, Throwable cause) {
        write(test, "none");
    }

    private static void write(ExtensionContext test, String cell) {
        String client = test.getParent().orElseThrow().getDisplayName();
        String feature = test.getTags().iterator().next();
        Path folder = Path.of(System.getProperty("llmops.cells"));
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(client + ".tsv"),
                    client + "\t" + feature + "\t" + cell + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
