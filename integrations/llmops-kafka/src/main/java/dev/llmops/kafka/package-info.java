/** The call log as CloudEvents on a Kafka topic. */
@NullMarked
package dev.llmops.kafka;

import org.jspecify.annotations.NullMarked;
