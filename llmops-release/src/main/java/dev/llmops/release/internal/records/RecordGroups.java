package dev.llmops.release.internal.records;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Groups records by a key, however many there are: by their hash they are divided among {@value #PARTITIONS} partitions, which
 * go to a temporary file beyond the first megabytes, and are grouped one by one. A partition that is too large is reduced and
 * divided again. Records can be added by many threads at once; groups come in no order, and neither do their records.
 */
public final class RecordGroups implements AutoCloseable {

    /** The number of bytes that a thread groups at once, most of the time: {@value}. */
    public static final long LARGEST_PARTITION = 64L << 20;

    private static final int PARTITIONS = 256;
    private static final int BITS = 8;
    private static final int DEEPEST = 2;
    private static final long WORTH_THREADS = 1L << 20;

    /** Takes the records of one key. */
    public interface Group {
        /**
         * Takes a group.
         *
         * @param records all of its records, to be read now
         */
        void accept(Records records);

        /**
         * Takes some records of a key that may have too many of them, and adds those on which the group still depends.
         *
         * @param records some of its records, to be read now
         * @param rest takes what is left of them
         */
        default void reduce(Records records, RecordGroups rest) {
            for (int i = 0; i < records.size(); i++) {
                rest.add(records, i);
            }
        }
    }

    private final Partition[] partitions = new Partition[PARTITIONS];
    private final Scratch scratch;
    private final int level;
    private final long largestPartition;

    /**
     * Makes an empty one.
     *
     * @param memoryBytes how many bytes of records stay in memory
     * @param largestPartition how many bytes are grouped at once, {@link #LARGEST_PARTITION} unless there are few
     */
    public RecordGroups(long memoryBytes, long largestPartition) {
        this(new Scratch(memoryBytes), 0, largestPartition);
    }

    private RecordGroups(Scratch scratch, int level, long largestPartition) {
        this.scratch = scratch;
        this.level = level;
        this.largestPartition = largestPartition;
        Arrays.setAll(partitions, i -> new Partition(scratch));
    }

    /**
     * Adds a record.
     *
     * @param key the key
     * @param body the rest of the record
     */
    public void add(RecordWriter key, RecordWriter body) {
        add(key.bytes(), 0, key.length(), body.bytes(), 0, body.length());
    }

    /**
     * Adds a record whose key is a part of other bytes.
     *
     * @param from the bytes
     * @param offset of the key
     * @param length of the key
     * @param body the rest of the record
     */
    public void add(byte[] from, int offset, int length, RecordWriter body) {
        add(from, offset, length, body.bytes(), 0, body.length());
    }

    /**
     * Adds a record of other groups.
     *
     * @param records the records
     * @param index which of them
     */
    public void add(Records records, int index) {
        records.select(index);
        byte[] bytes = records.bytes();
        add(bytes, records.keyOffset(), records.keyLength(), bytes, records.offset(), records.length());
    }

    private void add(byte[] key, int keyAt, int keyLength, byte[] body, int bodyAt, int bodyLength) {
        int partition = (int) (hash(key, keyAt, keyLength) >>> (Long.SIZE - BITS * (level + 1))) & (PARTITIONS - 1);
        partitions[partition].add(key, keyAt, keyLength, body, bodyAt, bodyLength);
    }

    /**
     * Reads all groups on all processors.
     *
     * @param worker makes for each thread what takes its groups
     */
    public void forEach(Supplier<? extends Group> worker) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            Group group = worker.get();
            for (int i = next.getAndIncrement(); i < PARTITIONS; i = next.getAndIncrement()) {
                group(partitions[i], group);
            }
        };
        if (Arrays.stream(partitions).mapToLong(Partition::bytes).sum() < WORTH_THREADS) {
            work.run();
        } else {
            Workers.run(work);
        }
    }

    private void group(Partition partition, Group group) {
        if (partition.bytes() > largestPartition && level < DEEPEST) {
            RecordGroups parts = new RecordGroups(scratch, level + 1, largestPartition);
            partition.slices(
                    largestPartition, bytes -> new Records(bytes).eachGroup(records -> group.reduce(records, parts)));
            for (Partition part : parts.partitions) {
                parts.group(part, group);
            }
        } else if (partition.bytes() > 0) {
            partition.slices(Long.MAX_VALUE, bytes -> new Records(bytes).eachGroup(group));
        }
        partition.clear();
    }

    /** Mixes eight bytes at a time; the steps of MurmurHash3's 64-bit finaliser. */
    static long hash(byte[] bytes, int from, int length) {
        long hash = length;
        int at = from;
        int end = from + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash ^ (long) RecordWriter.LONG.get(bytes, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        return mixed(hash ^ rest);
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }

    /** Removes the temporary file. */
    @Override
    public void close() {
        scratch.close();
    }
}
