package dev.llmops.slo.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The content of {@link EventCells} at one instant, without the empty cells; survives a restart in a snapshot file. */
record CellsImage(long head, long lastEventInHours, List<Minute> minutes, List<Hour> hours) {

    record Minute(long minute, long good, long bad) {}

    record Hour(long hour, long good, long bad, short measured) {}

    static final class Builder {
        private final long head;
        private final long lastEventInHours;
        private final List<Minute> minutes = new ArrayList<>();
        private final List<Hour> hours = new ArrayList<>();

        Builder(long head, long lastEventInHours) {
            this.head = head;
            this.lastEventInHours = lastEventInHours;
        }

        void minute(long minute, long good, long bad) {
            if (good != 0 || bad != 0) {
                minutes.add(new Minute(minute, good, bad));
            }
        }

        void hour(long hour, long good, long bad, short measured) {
            if (good != 0 || bad != 0 || measured != 0) {
                hours.add(new Hour(hour, good, bad, measured));
            }
        }

        CellsImage build() {
            return new CellsImage(head, lastEventInHours, List.copyOf(minutes), List.copyOf(hours));
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(head);
        out.writeLong(lastEventInHours);
        out.writeInt(minutes.size());
        for (Minute cell : minutes) {
            out.writeLong(cell.minute);
            out.writeLong(cell.good);
            out.writeLong(cell.bad);
        }
        out.writeInt(hours.size());
        for (Hour cell : hours) {
            out.writeLong(cell.hour);
            out.writeLong(cell.good);
            out.writeLong(cell.bad);
            out.writeShort(cell.measured);
        }
    }

    static CellsImage read(DataInput in) throws IOException {
        Builder image = new Builder(in.readLong(), in.readLong());
        for (int left = in.readInt(); left > 0; left--) {
            image.minute(in.readLong(), in.readLong(), in.readLong());
        }
        for (int left = in.readInt(); left > 0; left--) {
            image.hour(in.readLong(), in.readLong(), in.readLong(), in.readShort());
        }
        return image.build();
    }
}
