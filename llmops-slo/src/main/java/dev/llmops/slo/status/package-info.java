/** The status of objectives: budget, burn rates, verdicts, and their one JSON form. */
@NullMarked
package dev.llmops.slo.status;

import org.jspecify.annotations.NullMarked;
