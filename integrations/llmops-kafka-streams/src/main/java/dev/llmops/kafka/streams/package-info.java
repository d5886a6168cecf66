/** The figures of a fleet as a Kafka Streams topology over the call log. */
@NullMarked
package dev.llmops.kafka.streams;

import org.jspecify.annotations.NullMarked;
