/** What keeps personal ids and untrusted text out of logs and spans. */
@NullMarked
package dev.llmops.core.privacy;

import org.jspecify.annotations.NullMarked;
