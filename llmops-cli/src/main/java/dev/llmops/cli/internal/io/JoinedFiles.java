package dev.llmops.cli.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/** Files one behind the other, each opened when its turn comes; the last line of each is ended. Not thread-safe. */
final class JoinedFiles extends InputStream {

    private final Iterator<String> files;
    private final Opener opener;
    private InputStream file = InputStream.nullInputStream();
    private String name = "";
    private boolean isLineEnded = true;

    /** Opens a file. */
    interface Opener {
        InputStream open(String file) throws IOException;
    }

    JoinedFiles(Iterator<String> files, Opener opener) {
        this.files = files;
        this.opener = opener;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = readFile(to, offset, length);
        while (read < 0) {
            if (!isLineEnded) {
                isLineEnded = true;
                to[offset] = '\n';
                return 1;
            }
            if (!files.hasNext()) {
                return -1;
            }
            file.close();
            name = files.next();
            file = opener.open(name);
            read = readFile(to, offset, length);
        }
        isLineEnded = read == 0 ? isLineEnded : to[offset + read - 1] == '\n';
        return read;
    }

    private int readFile(byte[] to, int offset, int length) throws IOException {
        try {
            return file.read(to, offset, length);
        } catch (IOException e) {
            throw new IOException(
                    "cannot read " + name + " to its end (" + e.getMessage()
                            + ") — a whole file is read — wait until it is written, or copy it again",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
