/**
 * The operations report of a day, a week or a month. Start at {@link dev.llmops.report.operations.OperationsReport}.
 */
@NullMarked
package dev.llmops.report.operations;

import org.jspecify.annotations.NullMarked;
