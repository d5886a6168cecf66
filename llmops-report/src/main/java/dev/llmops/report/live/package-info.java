/** The state of a running service on one page. Start at {@link dev.llmops.report.live.LiveState}. */
@NullMarked
package dev.llmops.report.live;

import org.jspecify.annotations.NullMarked;
