package dev.llmops.redaction.internal.secret;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the shapes of vendors' keys, in the notation of {@link KeyShape}, from {@value #FILE}.
 *
 * <p>See docs/decisions/redaction.md#shapes-of-vendors-keys-are-data.
 */
public final class VendorKeyTable {

    private static final String FILE = "vendor-keys.txt";

    private VendorKeyTable() {}

    /** Returns the lines with shapes, without comments. */
    public static List<String> shapes() {
        try (InputStream file = VendorKeyTable.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(
                        FILE + " is missing — it belongs beside VendorKeyTable — rebuild the jar");
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
