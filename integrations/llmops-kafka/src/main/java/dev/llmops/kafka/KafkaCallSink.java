package dev.llmops.kafka;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends the call log to a Kafka topic: one CloudEvent per call, and one for each thing that happens to a call later.
 *
 * <pre>{@code
 * KafkaCallSink kafka = KafkaCallSink.builder("localhost:9092", "llm.calls").source("/shop/support").build();
 * CallLog log = CallLog.builder().sink(kafka).build();
 * LlmOps llmops = LlmOps.builder().listener(log).build();
 * }</pre>
 *
 * <p>An event holds what the log shows and nothing else: the {@link dev.llmops.logging.CallLog} decides on content, texts,
 * pseudonyms, sampling and size. The id of a call's event is the call's id, so a consumer can drop what it has seen.
 *
 * <p>Threads that record calls never wait for Kafka: entries go through a bounded queue to one thread that sends them. What
 * the queue or the broker does not take is dropped and counted, in {@link #stats()} and under {@code llm.telemetry.dropped}
 * at {@code kafka_queue_full}, {@code kafka_undelivered} and {@code kafka_closed}. Thread-safe.
 *
 * <p>See docs/decisions/integrations.md#the-sink-is-a-sink-of-the-call-log.
 *
 * @since 0.1.0
 */
public final class KafkaCallSink implements LogSink, TelemetryAware {

    /** The default number of entries that wait for the sending thread: {@value}. */
    public static final int DEFAULT_QUEUE_CAPACITY = 10_000;

    /** The time that {@link #close()} gives to what waits: 10 seconds. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final String QUEUE_FULL = "kafka_queue_full";
    private static final String UNDELIVERED = "kafka_undelivered";
    private static final String CLOSED = "kafka_closed";

    private final Producer<byte[], byte[]> producer;
    private final CloudEvents events;
    private final BoundedQueue<LogEntry> queue;
    private final Thread sender;
    private final LongAdder recorded = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile Telemetry telemetry = new Telemetry();

    /**
     * The fate of the entries so far. Once the sink is closed, {@code recorded} is {@code sent + dropped}.
     *
     * @param recorded entries that the log handed over
     * @param sent entries that the broker acknowledged
     * @param dropped entries that it did not, or that found no place in the queue
     */
    public record Stats(long recorded, long sent, long dropped) {

        /**
         * Returns the entries whose fate is open.
         *
         * @return entries in the queue or on their way
         */
        public long pending() {
            return recorded - sent - dropped;
        }
    }

    KafkaCallSink(Producer<byte[], byte[]> producer, CloudEvents events, int queueCapacity) {
        this.producer = producer;
        this.events = events;
        this.queue = new BoundedQueue<>(queueCapacity);
        this.sender = new Thread(this::sendAll, "llmops-kafka-sink");
        sender.setDaemon(true);
        sender.start();
    }

    /**
     * Creates a builder with every default.
     *
     * @param bootstrapServers the brokers to begin with, such as {@code kafka-1:9092,kafka-2:9092}
     * @param topic the topic, which must exist or be created by the broker
     * @return a builder
     */
    public static Builder builder(String bootstrapServers, String topic) {
        return new Builder(bootstrapServers, topic);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public void write(LogEntry entry) {
        recorded.increment();
        switch (queue.offer(entry)) {
            case TAKEN -> {}
            case FULL -> drop(QUEUE_FULL);
            case CLOSED -> drop(CLOSED);
        }
    }

    @Override
    public void warmUp(LogEntry sample) {
        var unusedEvent = events.of(sample);
    }

    private void sendAll() {
        for (LogEntry entry = queue.take(); entry != null; entry = queue.take()) {
            Delivery delivery = new Delivery();
            try {
                var unusedFuture = producer.send(events.of(entry), delivery); // the delivery learns of it
            } catch (Throwable e) {
                // The thread must outlive the failure of one entry, or all later ones would be lost.
                delivery.failed(e);
            }
        }
    }

    /** The fate of one entry, which is decided once: a producer may throw and call back for the same entry. */
    private final class Delivery implements Callback {

        private final AtomicBoolean decided = new AtomicBoolean();

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            if (exception != null) {
                failed(exception);
            } else if (decided.compareAndSet(false, true)) {
                sent.increment();
            }
        }

        private void failed(Throwable error) {
            if (decided.compareAndSet(false, true)) {
                drop(UNDELIVERED);
                telemetry.failure("KafkaCallSink", error, "check the broker and the topic; entries are lost meanwhile");
            }
        }
    }

    private void drop(String where) {
        dropped.increment();
        telemetry.count(Telemetry.Kind.DROPPED, where);
    }

    /**
     * Returns what became of the entries so far.
     *
     * @return the counts, each right at some moment of the call
     */
    public Stats stats() {
        long fates = sent.sum();
        long lost = dropped.sum();
        return new Stats(recorded.sum(), fates, lost); // last, so that nothing seems to have come from nowhere
    }

    /** Closes the sink as {@link #close(Duration)} does, within {@link #DEFAULT_CLOSE_TIMEOUT}. */
    @Override
    public void close() {
        close(DEFAULT_CLOSE_TIMEOUT);
    }

    /**
     * Sends what waits, and closes the connections. What the broker has not acknowledged in time is dropped, and so is
     * everything that is written from now on. Closing twice is harmless. If the thread is interrupted, closes at once.
     *
     * @param timeout how long to wait at most, 0 or more
     */
    public void close(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        queue.close();
        boolean interrupted = join(timeout.toNanos());
        long left = interrupted ? 0 : Math.max(0, deadline - System.nanoTime());
        interrupted |= closeProducer(Duration.ofNanos(left));
        // A closed producer refuses what is left in the queue, so this ends soon.
        interrupted |= join(DEFAULT_CLOSE_TIMEOUT.toNanos());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says whether the waiting thread was interrupted. */
    private boolean join(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(sender, nanos);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private boolean closeProducer(Duration timeout) {
        boolean interrupted = Thread.interrupted(); // a producer that is closed by an interrupted thread stays open
        try {
            producer.close(timeout);
        } catch (RuntimeException e) {
            telemetry.failure("KafkaCallSink.close", e, "what was not sent is lost");
        }
        return interrupted;
    }

    /** Builds a {@link KafkaCallSink}. Not thread-safe. */
    public static final class Builder {

        private final String bootstrapServers;
        private final String topic;
        private final Map<String, Object> producerConfig = new HashMap<>();
        private String source = "/llmops";
        private String keyField = "call_id";
        private int queueCapacity = DEFAULT_QUEUE_CAPACITY;

        private Builder(String bootstrapServers, String topic) {
            this.bootstrapServers = bootstrapServers;
            this.topic = topic;
        }

        /**
         * Sets the source of the events; {@code /llmops} by default.
         *
         * @param source a URI reference that names the service, such as {@code /shop/support}
         * @return this builder
         */
        public Builder source(String source) {
            this.source = source;
            return this;
        }

        /**
         * Sets the field of the record by which events are spread over partitions; {@code call_id} by default, which keeps a
         * call and what happens to it later in one partition and in order. A record without the field goes by its call id.
         *
         * @param field the name of a text in the record, such as {@code tenant} or {@code conversation_id}
         * @return this builder
         */
        public Builder keyField(String field) {
            this.keyField = field;
            return this;
        }

        /**
         * Sets how many entries may wait for the sending thread; {@value KafkaCallSink#DEFAULT_QUEUE_CAPACITY} by default.
         *
         * @param entries at least 1
         * @return this builder
         */
        public Builder queueCapacity(int entries) {
            this.queueCapacity = entries;
            return this;
        }

        /**
         * Sets properties of the producer, such as those of security. They win over the defaults of the sink, which are
         * {@code acks=all} and {@code compression.type=lz4}; keys and values are always bytes.
         *
         * @param config properties by name, as {@link org.apache.kafka.clients.producer.ProducerConfig} has them
         * @return this builder
         */
        public Builder producerConfig(Map<String, ?> config) {
            producerConfig.putAll(config);
            return this;
        }

        /**
         * Creates the sink and its producer. The broker need not be up.
         *
         * @return a sink
         * @throws IllegalArgumentException naming every rule that is broken, or if Kafka refuses the properties
         */
        public KafkaCallSink build() {
            SinkSettings settings =
                    new SinkSettings(bootstrapServers, topic, source, keyField, queueCapacity, producerConfig);
            settings.check();
            return new KafkaCallSink(settings.producer(), new CloudEvents(topic, source, keyField), queueCapacity);
        }
    }
}
