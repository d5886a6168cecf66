package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * An input stream of a response body, passed on byte for byte, that reports what it holds to a call: the events of a stream
 * of server-sent events or of lines of JSON, or a whole JSON text. The call ends with the stream: complete, failed if it
 * broke off or holds an error object, or cancelled if it is closed before its end.
 *
 * <pre>{@code
 * InputStream body = ObservedInputStream.observe(
 *     llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true), call -> client.open(question), readers);
 * }</pre>
 *
 * <p>Reads the formats of OpenAI, Anthropic, Gemini, Ollama and what is compatible with them; register a
 * {@link ResponseReader} of {@link ServerSentEvent} for others. Events are stamped when they are read. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ObservedInputStream extends FilterInputStream {

    private final ObservedBody body;

    private ObservedInputStream(InputStream source, ObservedBody body) {
        super(source);
        this.body = body;
    }

    /**
     * Observes the stream that code opens.
     *
     * @param call describes the call
     * @param open opens the stream; runs at once, with the call current
     * @param readers read the events
     * @param <X> the exception that it may throw
     * @return a stream of the same bytes; close it
     * @throws X if opening fails
     */
    public static <X extends Exception> ObservedInputStream observe(
            LlmCallBuilder call, LlmOps.CallBody<? extends InputStream, X> open, ResponseReaders readers) throws X {
        LlmCall live = call.start();
        try (var scope = live.makeCurrent()) {
            return of(open.run(live), live, readers);
        } catch (Throwable e) {
            live.endOnce(e);
            throw e;
        }
    }

    /**
     * Observes a stream as the response of a call that has started.
     *
     * @param source the stream
     * @param call the call, which ends with the stream
     * @param readers read the events
     * @return a stream of the same bytes; close it
     */
    public static ObservedInputStream of(InputStream source, LlmCall call, ResponseReaders readers) {
        return new ObservedInputStream(source, new ObservedBody(call, readers));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int length = read(one, 0, 1);
        return length < 0 ? length : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = super.read(bytes, offset, length);
            if (read < 0) {
                body.end();
            } else {
                body.bytes(ByteBuffer.wrap(bytes, offset, read));
            }
            return read;
        } catch (IOException | RuntimeException e) {
            body.fail(e);
            throw e;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.max(0, Math.min(count, 8_192))];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    /** Returns false: bytes that are read again would be counted again. */
    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public synchronized void mark(int limit) {}

    @Override
    public synchronized void reset() throws IOException {
        throw new IOException("mark and reset are not supported — read the stream once");
    }

    @Override
    public void close() throws IOException {
        body.cancel();
        super.close();
    }
}
