package dev.llmops.metrics.saturation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

/** A body that may neither grow without end nor trickle without end. */
final class BoundedInputStream extends FilterInputStream {

    private final URI source;
    private final Duration timeout;
    private final long deadlineNanos;
    private int bytesLeft;

    BoundedInputStream(InputStream in, URI source, int maxBytes, Duration timeout) {
        super(in);
        this.source = source;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
        this.bytesLeft = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        charge(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        charge(Math.max(count, 0));
        return count;
    }

    private void charge(int bytes) throws IOException {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw new IOException(source + " answered with too large a body");
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new IOException(source + " did not finish its answer within " + timeout);
        }
    }
}
