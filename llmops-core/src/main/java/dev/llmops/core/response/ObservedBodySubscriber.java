package dev.llmops.core.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmops.core.LlmCall;
import dev.llmops.core.error.ProviderErrors;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Passes the bytes of a response on to the application's subscriber and reports them to a call. */
final class ObservedBodySubscriber<T> implements BodySubscriber<T> {

    /** As much of an error's body as its classification reads. */
    private static final int MAX_ERROR_BYTES = 8_192;

    private final BodySubscriber<T> actual;
    private final int status;
    private final LlmCall call;
    private final ObservedBody body;
    private final ByteArrayOutputStream errorBody = new ByteArrayOutputStream();

    ObservedBodySubscriber(BodySubscriber<T> actual, int status, LlmCall call, ResponseReaders readers) {
        this.actual = actual;
        this.status = status;
        this.call = call;
        this.body = new ObservedBody(call, readers);
    }

    @Override
    public CompletionStage<T> getBody() {
        return actual.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        actual.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                subscription.request(n);
            }

            @Override
            public void cancel() {
                endOfError();
                body.cancel();
                subscription.cancel();
            }
        });
    }

    private boolean isError() {
        return status >= 400;
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (isError()) {
                collect(buffer);
            } else {
                body.bytes(buffer);
            }
        }
        try {
            actual.onNext(buffers);
        } catch (Throwable e) {
            body.fail(e);
            throw e;
        }
    }

    private void collect(ByteBuffer buffer) {
        byte[] part = new byte[Math.min(buffer.remaining(), MAX_ERROR_BYTES - errorBody.size())];
        buffer.duplicate().get(part);
        errorBody.writeBytes(part);
    }

    private void endOfError() {
        if (isError() && !call.isEnded()) {
            call.fail(ProviderErrors.ofHttp(status, errorBody.toString(UTF_8)));
        }
    }

    @Override
    public void onError(Throwable error) {
        endOfError();
        body.fail(error);
        actual.onError(error);
    }

    @Override
    public void onComplete() {
        endOfError();
        body.end();
        actual.onComplete();
    }
}
