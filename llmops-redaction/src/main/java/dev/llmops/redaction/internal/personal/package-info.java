/** Not part of the API: detectors of personal data that belong to no country: e-mail, telephones, cards, addresses of machines, codes. */
@NullMarked
package dev.llmops.redaction.internal.personal;

import org.jspecify.annotations.NullMarked;
