package dev.llmops.metrics.saturation;

import java.util.List;
import java.util.concurrent.Callable;

/** A probe that finds what it is told to find. */
final class FixedProbe implements SaturationProbe {

    private final String name;
    private Callable<SaturationPoll> answer;
    private boolean closed;

    FixedProbe(String name, SaturationReading... readings) {
        this.name = name;
        finds(readings);
    }

    void finds(SaturationReading... readings) {
        answer = () -> new SaturationPoll(List.of(readings), List.of());
    }

    void answers(Callable<SaturationPoll> answer) {
        this.answer = answer;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SaturationPoll poll() throws Exception {
        return answer.call();
    }

    @Override
    public void close() {
        closed = true;
    }
}
