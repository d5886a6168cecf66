package dev.llmops.slo.engine;

import java.util.Arrays;
import java.util.UUID;

/**
 * Remembers which calls an objective has a score for, so that a second one is not counted. Bounded: two generations of
 * 64-bit digests, the older of which is forgotten when the younger is full, so that the latest 16 384 to 32 768 scores
 * are known.
 */
final class ScoreDeduplicator {

    private static final int GENERATION = 16_384;
    private static final int SLOTS = 2 * GENERATION;
    private static final long FREE = 0;

    private long[] young = new long[SLOTS];
    private long[] old = new long[SLOTS];
    private int inYoung;

    /** Returns true if this is the first score that the objective gets for the call. */
    synchronized boolean isFirst(UUID call, int objective) {
        long digest = digest(call, objective);
        if (find(old, digest) >= 0 || find(young, digest) >= 0) {
            return false;
        }
        if (inYoung == GENERATION) {
            long[] forgotten = old;
            old = young;
            young = forgotten;
            Arrays.fill(young, FREE);
            inYoung = 0;
        }
        young[-find(young, digest) - 1] = digest;
        inYoung++;
        return true;
    }

    /** The slot of a digest, or −1 minus the free slot where it belongs. */
    private static int find(long[] slots, long digest) {
        int slot = (int) (digest >>> 32) & (SLOTS - 1);
        while (slots[slot] != FREE) {
            if (slots[slot] == digest) {
                return slot;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return -slot - 1;
    }

    private static long digest(UUID call, int objective) {
        long mixed = call.getMostSignificantBits() * 0x9E3779B97F4A7C15L
                ^ Long.rotateLeft(call.getLeastSignificantBits() + objective, 32) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 32;
        return mixed == FREE ? 1 : mixed;
    }
}
