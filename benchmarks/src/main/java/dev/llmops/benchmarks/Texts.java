package dev.llmops.benchmarks;

/** Builds long texts. */
final class Texts {

    private Texts() {}

    /** The unit over and over, cut at a length. */
    static String repeat(String unit, int length) {
        return unit.repeat(length / unit.length() + 1).substring(0, length);
    }
}
