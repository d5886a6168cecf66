package dev.llmops.cost.ledger.internal.journal;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The journal's file format: a header, then frames of {@code length (4) | CRC-32C of length and payload (4) | payload},
 * big endian. Zeros, as a file system may leave them after a crash, are no frame.
 *
 * <p>See docs/decisions/ledger.md#the-journal-holds-json-in-frames-with-a-checksum.
 */
public final class Frames extends ByteArrayOutputStream {

    static final byte[] FILE_HEADER = "LLMOPSJ1".getBytes(StandardCharsets.US_ASCII);
    static final int FRAME_HEADER = 8;
    static final int MAX_PAYLOAD = 256 * 1024;

    Frames() {
        super(64 * 1024);
    }

    /** Adds an entry as a frame, or nothing if that fails. */
    void add(LedgerEntry entry) {
        int start = count;
        try {
            write(new byte[FRAME_HEADER], 0, FRAME_HEADER);
            EntryJson.write(entry, this);
            int length = count - start - FRAME_HEADER;
            if (length > MAX_PAYLOAD) {
                throw new IllegalArgumentException("an entry takes " + length + " bytes — at most " + MAX_PAYLOAD);
            }
            ByteBuffer.wrap(buf, start, FRAME_HEADER)
                    .putInt(length)
                    .putInt(checksum(length, buf, start + FRAME_HEADER));
        } catch (RuntimeException e) {
            count = start;
            throw e;
        }
    }

    public static int checksum(int length, byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(length >>> 24);
        crc.update(length >>> 16);
        crc.update(length >>> 8);
        crc.update(length);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(buf, 0, count);
    }
}
