package dev.llmops.benchmarks;

import dev.llmops.redaction.RedactedText;
import dev.llmops.redaction.Redactor;
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

/** Redaction of ordinary text, in nanoseconds a character: of prompts in which nothing is found, and of one with findings. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class RedactionBenchmark {

    private static final int CHARACTERS = 8192;

    private final Redactor redactor = Redactor.ofDefaults();

    /** The kind of text. */
    @Param
    public Kind kind;

    private String text = "";

    /** Builds the text. */
    @Setup
    public void build() {
        text = Texts.repeat(kind.paragraph, CHARACTERS);
    }

    /**
     * Redacts the text.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(CHARACTERS)
    public RedactedText redact() {
        return redactor.redact(text);
    }

    /** Kinds of text. */
    public enum Kind {
        /** English prose without findings. */
        CLEAN_ENGLISH("""
                The deployment finished without errors at 14:05, and every one of the 12 services reported healthy within a
                minute; "nothing else needs attention today", the operator said. Version 2.4.1 stays on the canary hosts
                until Friday - please compare p95 latency (820 ms before) with the new value, and write it down.
                """),
        /** Chinese prose without findings. */
        CLEAN_CHINESE("部署已于14:05顺利完成，12个服务在一分钟之内全部恢复正常。请在星期五之前比较新旧版本的延迟（此前为820毫秒），并把结果写进报告。\n"),
        /** Requests in JSON without findings. */
        CLEAN_JSON("""
                {"model":"gpt-4o-2024-08-06","messages":[{"role":"system","content":"You answer in one sentence."},
                {"role":"user","content":"What is the capital of France, and since when?"}],"temperature":0.7,"top_p":1,
                "max_tokens":256,"stream":true,"tools":[{"type":"function","function":{"name":"search","strict":false}}]}
                """),
        /** English prose with an e-mail address, telephone and card numbers, a key and a Chinese identity number. */
        WITH_FINDINGS("""
                Please write to li.test97@example.com or call +1-305-120-6207 when the card 4111 1111 1111 1111 is cleared. The
                old key AKIAIOSFODNN7EXAMPLE was withdrawn; the new one waits in the vault, and the note about 11010119250224642X
                belongs to another ticket that was left alone since the meeting in the second week of the month.
                """);

        private final String paragraph;

        Kind(String paragraph) {
            this.paragraph = paragraph;
        }
    }
}
