/** The statistics that more than one module needs, without any dependency. */
@NullMarked
package dev.llmops.core.statistics;

import org.jspecify.annotations.NullMarked;
