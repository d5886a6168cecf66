package dev.llmops.metrics.instrument;

/** Bucket edges. The first group is OpenTelemetry's, value for value; the second is ours, where there is no standard. */
final class Buckets {

    static final double[] NONE = {};

    static final double[] DURATION = {
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
    };
    static final double[] TOKENS = {
        1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864
    };
    static final double[] TIME_TO_FIRST_TOKEN = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
    };
    static final double[] TIME_PER_OUTPUT_TOKEN = {0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5
    };

    static final double[] TOKENS_PER_SECOND = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};
    static final double[] BATCH_SIZE = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
    static final double[] COLD_START = {1, 5, 10, 30, 60, 120, 300, 600, 1800};
    /** Shares from 0 to 1 in tenths, and the marks of five-point scales. */
    static final double[] SCORE = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 3, 4, 5};

    private Buckets() {}
}
