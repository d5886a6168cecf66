package dev.llmops.benchmarks;

import dev.llmops.redaction.RedactedText;
import dev.llmops.redaction.Redactor;
import dev.llmops.redaction.testing.HostileText;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Redaction of text that is made to be slow, in nanoseconds a character, at 256 Ki characters and at half of that. Where
 * the two agree, the cost is linear. The iterations are short, because there are many texts and each takes milliseconds.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 800, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Benchmark)
public class HostileRedactionBenchmark {

    private static final int WHOLE = 1 << 18;
    private static final int HALF = WHOLE / 2;
    private static final int ROUNDS = 100;
    private static final int SAMPLE = 1 << 14;

    private static final Redactor REDACTOR = compiled();

    /** All of them: JMH fills in the constants. */
    @Param
    public HostileText text = HostileText.AT_SIGNS;

    private String whole = "";
    private String half = "";

    /** Redacts all texts until the compiler has seen them, since each of them alone is measured for a moment only. */
    private static Redactor compiled() {
        Redactor redactor = Redactor.ofDefaults();
        for (int round = 0; round < ROUNDS; round++) {
            for (HostileText each : HostileText.values()) {
                redactor.redact(each.text(SAMPLE));
            }
        }
        return redactor;
    }

    /** Builds both texts. */
    @Setup
    public void build() {
        whole = text.text(WHOLE);
        half = text.text(HALF);
    }

    /**
     * Redacts 256 Ki characters.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(WHOLE)
    public RedactedText whole() {
        return REDACTOR.redact(whole);
    }

    /**
     * Redacts half of them.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(HALF)
    public RedactedText half() {
        return REDACTOR.redact(half);
    }
}
