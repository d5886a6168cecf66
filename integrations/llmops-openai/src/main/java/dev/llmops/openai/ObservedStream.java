package dev.llmops.openai;

import com.openai.core.http.StreamResponse;
import dev.llmops.core.response.ResponseStream;
import java.util.stream.Stream;

/** A streamed response whose items, end and closing are reported. */
final class ObservedStream<T> implements StreamResponse<T> {

    private final StreamResponse<T> source;
    private final ResponseStream<T> report;

    ObservedStream(StreamResponse<T> source, ResponseStream<T> report) {
        this.source = source;
        this.report = report;
    }

    @Override
    public Stream<T> stream() {
        return report.over(source.stream());
    }

    @Override
    public void close() {
        report.closed();
        source.close();
    }
}
