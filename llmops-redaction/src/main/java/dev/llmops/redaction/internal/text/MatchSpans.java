package dev.llmops.redaction.internal.text;

import java.util.Arrays;

/**
 * Found spans in ascending order, without overlap.
 *
 * <p>See docs/decisions/redaction.md#overlapping-findings-become-one-over-all-of-their-characters.
 */
public final class MatchSpans {

    private String[] types = new String[4];
    private int[] starts = new int[4];
    private int[] ends = new int[4];
    private int size;

    public int size() {
        return size;
    }

    public String type(int index) {
        return types[index];
    }

    public int start(int index) {
        return starts[index];
    }

    public int end(int index) {
        return ends[index];
    }

    /** The end of the last span, or 0. */
    public int lastEnd() {
        return size == 0 ? 0 : ends[size - 1];
    }

    public void add(String type, int start, int end) {
        if (size == starts.length) {
            types = Arrays.copyOf(types, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        types[size] = type;
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    /** Start and end of each span, in ascending order. */
    public int[] bounds() {
        int[] bounds = new int[2 * size];
        for (int i = 0; i < size; i++) {
            bounds[2 * i] = starts[i];
            bounds[2 * i + 1] = ends[i];
        }
        return bounds;
    }

    public void removeLast() {
        size--;
    }
}
