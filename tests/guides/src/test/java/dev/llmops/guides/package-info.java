/** The code of the README and of the guides, word for word, with what surrounds it in an application. */
@NullMarked
package dev.llmops.guides;

import org.jspecify.annotations.NullMarked;
