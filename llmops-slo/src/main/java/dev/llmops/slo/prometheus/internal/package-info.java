/** PromQL shared by the packages of this module; not part of its API. */
@NullMarked
package dev.llmops.slo.prometheus.internal;

import org.jspecify.annotations.NullMarked;
