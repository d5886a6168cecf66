/** Spring Boot's configuration of the call log on Kafka. */
@NullMarked
package dev.llmops.spring.boot.kafka;

import org.jspecify.annotations.NullMarked;
