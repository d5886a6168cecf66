package dev.llmops.report.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Joins what is said later with the calls of a release, in bounded memory and any order. Calls whose ids have small
 * hashes are kept, as many as fit, with what is said of them; so which are kept follows from the ids alone. Not thread-safe.
 */
final class JoinedEvents {

    private final int maxCalls;
    private final int maxEvents;
    private final TreeSet<Long> calls = new TreeSet<>();
    private final TreeMap<Long, List<Event>> events = new TreeMap<>();
    private int size;
    private long limit = Long.MAX_VALUE;

    /**
     * Something that was said of a call.
     *
     * @param text the line where it is feedback, otherwise nothing
     */
    record Event(long place, long atMillis, Set<String> risks, String text) {}

    /**
     * Makes a join.
     *
     * @param maxCalls how many calls are kept
     * @param maxEvents how much of what is said of the calls of any release is kept
     */
    JoinedEvents(int maxCalls, int maxEvents) {
        this.maxCalls = maxCalls;
        this.maxEvents = maxEvents;
    }

    boolean keeps(long hash) {
        return hash <= limit;
    }

    void addCall(long hash) {
        if (keeps(hash) && calls.add(hash) && calls.size() > maxCalls) {
            lowerTo(calls.last() - 1);
        }
    }

    void addEvent(long hash, Event event) {
        if (keeps(hash)) {
            events.computeIfAbsent(hash, call -> new ArrayList<>(1)).add(event);
            size++;
            while (size > maxEvents) {
                lowerTo(events.lastKey() - 1);
            }
        }
    }

    private void lowerTo(long hash) {
        limit = hash;
        calls.tailSet(hash, false).clear();
        List<List<Event>> beyond = List.copyOf(events.tailMap(hash, false).values());
        size -= beyond.stream().mapToInt(List::size).sum();
        events.tailMap(hash, false).clear();
    }

    /** The share of all calls that are kept. */
    double keptRatio() {
        return limit == Long.MAX_VALUE ? 1 : ((double) limit - Long.MIN_VALUE) / Math.pow(2, Long.SIZE);
    }

    /** Returns the events of the kept calls of the release, in the order of the log. */
    List<Event> joined() {
        return events.entrySet().stream()
                .filter(entry -> calls.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .sorted(Comparator.comparingLong(Event::place))
                .toList();
    }
}
