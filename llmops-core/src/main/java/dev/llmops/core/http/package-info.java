/** The one policy by which this library talks HTTP: timeouts, size limits, redirects, proxy and authentication. */
@NullMarked
package dev.llmops.core.http;

import org.jspecify.annotations.NullMarked;
