package dev.llmops.core.io;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads files that people wrote, and says which encoding they must have. A byte order mark is left out. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TextFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /**
     * Reads a file.
     *
     * @param file a file of text in UTF-8
     * @return its text
     * @throws IOException naming the file, if it cannot be read or is not UTF-8
     */
    public static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(
                    file.toString(), null, "this is a folder — a file is needed — name a file in it");
        }
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file — check the path");
        } catch (CharacterCodingException e) {
            throw new IOException(
                    file + " is " + encoding(Files.readAllBytes(file))
                            + " — configuration is read as UTF-8 — save the file as UTF-8",
                    e);
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static String encoding(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
            return "UTF-16, little endian";
        }
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
            return "UTF-16, big endian";
        }
        return "not UTF-8, but perhaps ISO-8859-1 or Windows-1252";
    }
}
