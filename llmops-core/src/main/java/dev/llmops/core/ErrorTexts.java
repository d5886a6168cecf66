package dev.llmops.core;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells error kinds by the words of a message, for servers that put everything under one status. */
final class ErrorTexts {

    private record Rule(ErrorKind kind, List<String> phrases) {}

    /** In order: a failed allocation also says "CUDA error", so the more special kind comes first. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    ErrorKind.OUT_OF_MEMORY,
                    List.of(
                            "cuda out of memory",
                            "hip out of memory",
                            "mps backend out of memory",
                            "outofmemoryerror",
                            "cuda_error_out_of_memory",
                            "cuda error: out of memory",
                            "cublas_status_alloc_failed",
                            "no available memory for the cache blocks",
                            "failed to allocate cuda",
                            "unable to allocate cuda",
                            "cudamalloc failed: out of memory",
                            "resource_exhausted: out of memory")),
            new Rule(
                    ErrorKind.CUDA_ERROR,
                    List.of(
                            "cuda error",
                            "cuda_error_",
                            "cudnn error",
                            "cudnn_status_",
                            "cublas_status_",
                            "nccl error",
                            "device-side assert",
                            "illegal memory access",
                            "no kernel image is available")),
            new Rule(
                    ErrorKind.MODEL_LOAD_FAILED,
                    List.of(
                            "failed to load model",
                            "error loading model",
                            "unable to load model",
                            "could not load model",
                            "model failed to load")),
            new Rule(
                    ErrorKind.CONTEXT_LENGTH,
                    List.of(
                            "maximum context length",
                            "context length exceeded",
                            "context_length_exceeded",
                            "exceed context limit",
                            "exceeds the context window",
                            "exceeds the available context size",
                            "exceeds the maximum number of tokens",
                            "longer than the maximum model length",
                            "prompt is too long",
                            "input is too long for requested model",
                            "too many input tokens")),
            new Rule(
                    ErrorKind.CONTENT_FILTER,
                    List.of("content management policy", "content filtering policy", "blocked by our content filter")));

    private ErrorTexts() {}

    static @Nullable ErrorKind kindOf(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        for (Rule rule : RULES) {
            for (String phrase : rule.phrases) {
                if (lowerCase.contains(phrase)) {
                    return rule.kind;
                }
            }
        }
        return null;
    }
}
