/** Access to the gateway: credentials, roles, rates, and the checks of requests from browsers. */
@NullMarked
package dev.llmops.samples.gateway.security;

import org.jspecify.annotations.NullMarked;
