/** The report of traffic judged by objectives. Start at {@link dev.llmops.report.slo.SloReport}. */
@NullMarked
package dev.llmops.report.slo;

import org.jspecify.annotations.NullMarked;
