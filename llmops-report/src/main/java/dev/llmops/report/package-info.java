/** Self-contained pages, as HTML and as Markdown. Start at {@link dev.llmops.report.Page}. */
@NullMarked
package dev.llmops.report;

import org.jspecify.annotations.NullMarked;
