package io.kagu.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the parent tells the child on its command line: folder, port, further properties. */
record ChildArguments(Path dataDir, int port, Map<String, String> properties) {

    private static final int FIXED = 2;

    static ChildArguments of(BrokerConfig config) {
        return new ChildArguments(config.dataDir(), config.port(), config.properties());
    }

    static ChildArguments parse(List<String> words) {
        var properties = new TreeMap<String, String>();
        for (String pair : words.subList(FIXED, words.size())) {
            int equals = pair.indexOf('=');
            properties.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        int port = Integer.parseInt(words.get(1));
        return new ChildArguments(Path.of(words.get(0)), port, properties);
    }

    List<String> words() {
        var words = new ArrayList<String>();
        words.add(dataDir.toString());
        words.add(Integer.toString(port));
        properties.forEach((key, value) -> words.add(key + "=" + value));
        return words;
    }
}
