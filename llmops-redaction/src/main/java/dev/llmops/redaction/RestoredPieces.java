package dev.llmops.redaction;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Pieces of an answer with the values back in place. */
final class RestoredPieces implements Iterator<String> {

    private final Iterator<String> pieces;
    private final StreamRestorer restorer;
    private String next = "";

    RestoredPieces(Iterator<String> pieces, StreamRestorer restorer) {
        this.pieces = pieces;
        this.restorer = restorer;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && pieces.hasNext()) {
            next = restorer.accept(pieces.next());
        }
        if (next.isEmpty()) {
            next = restorer.finish();
        }
        return !next.isEmpty();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the answer has ended");
        }
        String piece = next;
        next = "";
        return piece;
    }
}
