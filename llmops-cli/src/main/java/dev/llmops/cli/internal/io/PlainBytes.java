package dev.llmops.cli.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The bytes of a text as they are meant: unpacked, and without the mark that some editors put before it. */
final class PlainBytes {

    private static final int BUFFER = 1 << 16;
    private static final int HEAD = 3;
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16_BIG = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_16_LITTLE = {(byte) 0xFF, (byte) 0xFE};

    private PlainBytes() {}

    /** Looks at the first bytes, since a pipe has no name that could tell. */
    static InputStream of(InputStream raw) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(raw, HEAD);
        byte[] head = head(bytes);
        return startsWith(head, GZIP) ? text(new GZIPInputStream(bytes, BUFFER)) : text(bytes);
    }

    private static InputStream text(InputStream in) throws IOException {
        PushbackInputStream text = new PushbackInputStream(in, HEAD);
        byte[] head = head(text);
        if (startsWith(head, UTF_16_BIG) || startsWith(head, UTF_16_LITTLE)) {
            throw new IOException("it is UTF-16 — UTF-8 is read — convert it with iconv -f UTF-16 -t UTF-8");
        }
        if (startsWith(head, UTF_8_MARK)) {
            text.skipNBytes(HEAD);
        }
        return text;
    }

    private static byte[] head(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        in.unread(head);
        return head;
    }

    private static boolean startsWith(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }
}
