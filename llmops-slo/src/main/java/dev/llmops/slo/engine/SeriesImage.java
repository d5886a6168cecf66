package dev.llmops.slo.engine;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.status.Incident;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state that one series leaves to its successor after a restart.
 *
 * @param meaning what its counts are counts of; counts of another meaning are not taken over
 */
record SeriesImage(
        String slo, Map<Dimension, String> group, String meaning, CellsImage cells, List<Incident> incidents) {

    private static final Pattern UPPER_CASE_GROUPS = Pattern.compile("\\|\\[[A-Z_, ]*]");

    /** Everything that decides which events are counted, and how they are spread over cells; not the target. */
    static String meaningOf(Objective objective) {
        StringBuilder text = new StringBuilder(objective.indicator().toString());
        objective
                .filter()
                .allowed()
                .forEach((dimension, values) ->
                        text.append('|').append(dimension.label()).append(new TreeSet<>(values)));
        text.append('|').append(objective.groupBy());
        if (objective.window() instanceof SloWindow.Calendar calendar) {
            text.append('|').append(calendar.zone()).append(calendar.anchor().getMinute());
        }
        return text.toString();
    }

    static String meaningOf(EventRule rule) {
        StringBuilder text = new StringBuilder("rule|")
                .append(new TreeSet<>(rule.riskTypes()))
                .append(new TreeSet<>(rule.actions()));
        rule.filter()
                .allowed()
                .forEach((dimension, values) ->
                        text.append('|').append(dimension.label()).append(new TreeSet<>(values)));
        return text.toString();
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(slo);
        out.writeInt(group.size());
        for (Map.Entry<Dimension, String> entry : group.entrySet()) {
            out.writeUTF(entry.getKey().label());
            out.writeUTF(entry.getValue());
        }
        out.writeUTF(meaning);
        cells.write(out);
        out.writeInt(incidents.size());
        for (Incident incident : incidents) {
            out.writeUTF(incident.id());
            out.writeUTF(incident.severity());
            writeInstant(out, incident.onset());
            writeInstant(out, incident.firedAt());
            writeInstant(out, incident.resolvedAtOrNull());
            out.writeDouble(incident.budgetSpent());
            Boolean worthIt = incident.worthItOrNull();
            out.writeByte(worthIt == null ? -1 : worthIt ? 1 : 0);
        }
    }

    static SeriesImage read(DataInput in, int version) throws IOException {
        String slo = in.readUTF();
        Map<Dimension, String> group = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            // Version 1 wrote the names of an enum, in upper case.
            String label = in.readUTF();
            group.put(Dimension.of(version == 1 ? label.toLowerCase(Locale.ROOT) : label), in.readUTF());
        }
        String meaning = in.readUTF();
        if (version == 1) {
            meaning = UPPER_CASE_GROUPS
                    .matcher(meaning)
                    .replaceAll(groups -> groups.group().toLowerCase(Locale.ROOT));
        }
        CellsImage cells = CellsImage.read(in);
        List<Incident> incidents = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            incidents.add(readIncident(in, slo, group));
        }
        return new SeriesImage(slo, group, meaning, cells, incidents);
    }

    private static Incident readIncident(DataInput in, String slo, Map<Dimension, String> group) throws IOException {
        String id = in.readUTF();
        String severity = in.readUTF();
        Instant onset = Instant.ofEpochMilli(in.readLong());
        Instant firedAt = Instant.ofEpochMilli(in.readLong());
        long resolved = in.readLong();
        double spent = in.readDouble();
        byte worthIt = in.readByte();
        return new Incident(
                id,
                slo,
                group,
                severity,
                onset,
                firedAt,
                resolved == Long.MIN_VALUE ? null : Instant.ofEpochMilli(resolved),
                spent,
                worthIt < 0 ? null : worthIt == 1);
    }

    private static void writeInstant(DataOutput out, @Nullable Instant instant) throws IOException {
        out.writeLong(instant == null ? Long.MIN_VALUE : instant.toEpochMilli());
    }
}
