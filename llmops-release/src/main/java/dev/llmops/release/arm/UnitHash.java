package dev.llmops.release.arm;

/**
 * Hashes a unit within a release: FNV-1a over the characters, finished with the mixer of MurmurHash3, so that every bit of
 * the result depends on every character. The release is part of it, so that the same users are not the first in every one.
 */
final class UnitHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private UnitHash() {}

    static long of(String changeId, String unitId) {
        return mix(add(add(add(FNV_OFFSET, changeId), "\0"), unitId));
    }

    /** The unit's place in [0, 1). */
    static double position(long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * FNV_PRIME;
        }
        return sum;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
