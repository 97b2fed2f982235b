package io.kagu.bench.broken.core;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Breaks every rule of a core at once, so that a test can see the rules bite. */
public final class BrokenHelper {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenHelper.class);

    private final Map<String, Instant> seen = new HashMap<>();

    public void look(String name) {
        seen.put(name, Instant.now());
        LOG.info("{} {} {}", name, new Random().nextInt(), Thread.currentThread());
    }
}
