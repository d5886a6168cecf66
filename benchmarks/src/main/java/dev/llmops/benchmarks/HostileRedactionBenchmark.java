package dev.llmops.benchmarks;

import dev.llmops.logging.redaction.RedactedText;
import dev.llmops.logging.redaction.Redactor;
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
 * the two agree, the cost is linear.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class HostileRedactionBenchmark {

    private static final int WHOLE = 1 << 18;
    private static final int HALF = WHOLE / 2;

    private final Redactor redactor = Redactor.ofDefaults();

    /** What the text repeats; {@code ~t} stands for a tab. */
    @Param({
        "b_",
        "b-",
        "secret.b-",
        "eyJb",
        "b.",
        "-----BEGIN RSA PRIVATE KEY-----",
        "区县",
        "2",
        "b",
        "~t",
        "a@",
        "a@b.",
        "@",
        "eyJ-",
        "eyJa.eyJ",
        "1 ",
        "11 ",
        "1.",
        "1-",
        "123-45-",
        "=",
        "a=",
        "token=",
        "token:",
        "secret = ",
        "://",
        "a://b:",
        "-----BEGIN",
        "4111 ",
        "4111-1111-",
        "4111111111111111 ",
        "1234567 ",
        "123456789012345 ",
        "+1 ",
        "(1",
        "::",
        "1:",
        "ab:",
        "ab-",
        "ab ",
        "abcd.",
        "sk-",
        "ghp_",
        "xoxb-",
        "GB11 ",
        "\\\\",
        "\\u0040",
        "%40",
        "密码是",
        "Bearer a",
        "8Q~",
        "[EMAIL_1]",
        "phone 1234567 ",
        "https://",
        "fe80::",
        "12345678:",
        "eyJhbGciOiJIUzI1NiJ9."
    })
    public String unit = "";

    private String whole = "";
    private String half = "";

    /** Builds both texts. */
    @Setup
    public void build() {
        String repeated = unit.equals("~t") ? "\t" : unit;
        whole = Texts.repeat(repeated, WHOLE);
        half = Texts.repeat(repeated, HALF);
    }

    /**
     * Redacts 256 Ki characters.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(WHOLE)
    public RedactedText whole() {
        return redactor.redact(whole);
    }

    /**
     * Redacts half of them.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(HALF)
    public RedactedText half() {
        return redactor.redact(half);
    }
}
