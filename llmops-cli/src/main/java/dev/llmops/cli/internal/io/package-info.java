/** Internal, not part of the API: what the commands read and how they answer. */
@NullMarked
package dev.llmops.cli.internal.io;

import org.jspecify.annotations.NullMarked;
