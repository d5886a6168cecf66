/** Internal, not part of the API: the back ends that feed Micrometer and the Prometheus client. */
@NullMarked
package dev.llmops.metrics.internal;

import org.jspecify.annotations.NullMarked;
