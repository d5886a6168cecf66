/** Internal, not part of the API: helpers of this module, which may change in any release. */
@NullMarked
package dev.llmops.release.internal;

import org.jspecify.annotations.NullMarked;
