package io.kagu.dispatcher.sharing;

import java.util.Map;
import java.util.Set;

/**
 * Who is to have what.
 *
 * @param owned tasks by the id of the replica that owns them; each task once
 * @param copied tasks by the id of the replica that keeps a copy of their stores; never its own
 * @param unfinished whether to look again soon: the load is not even yet
 */
record Shares(Map<String, Set<String>> owned, Map<String, Set<String>> copied, boolean unfinished) {

    Shares {
        owned = Map.copyOf(owned);
        copied = Map.copyOf(copied);
    }
}
