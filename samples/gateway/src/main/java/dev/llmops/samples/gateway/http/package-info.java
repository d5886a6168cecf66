/** The HTTP server: routes, requests, answers, errors and the metrics of its own traffic. */
@NullMarked
package dev.llmops.samples.gateway.http;

import org.jspecify.annotations.NullMarked;
