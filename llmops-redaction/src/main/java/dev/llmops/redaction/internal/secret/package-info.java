/** Internal, not part of the API: detectors of passwords, keys, tokens and wallets. */
@NullMarked
package dev.llmops.redaction.internal.secret;

import org.jspecify.annotations.NullMarked;
