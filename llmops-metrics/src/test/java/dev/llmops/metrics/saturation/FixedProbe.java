package dev.llmops.metrics.saturation;

import java.util.List;
import java.util.concurrent.Callable;

/** A probe that finds what it is told to find. */
final class FixedProbe implements SaturationProbe {

    private final String name;
    private Callable<SaturationProbe.Poll> answer;
    private boolean closed;

    FixedProbe(String name, SaturationProbe.Reading... readings) {
        this.name = name;
        finds(readings);
    }

    void finds(SaturationProbe.Reading... readings) {
        answer = () -> new SaturationProbe.Poll(List.of(readings), List.of());
    }

    void answers(Callable<SaturationProbe.Poll> answer) {
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
    public SaturationProbe.Poll poll() throws Exception {
        return answer.call();
    }

    @Override
    public void close() {
        closed = true;
    }
}
