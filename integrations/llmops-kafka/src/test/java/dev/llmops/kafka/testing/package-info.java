/** A Kafka broker for tests, which other modules use too. */
package dev.llmops.kafka.testing;
