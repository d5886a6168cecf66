package dev.llmops.cost.ledger.internal.journal;

import java.io.IOException;

/** The bytes at an offset are no whole frame. */
final class DamagedFrameException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedFrameException(long offset) {
        super("no whole frame at offset " + offset);
    }
}
