package io.kagu.dispatcher.core;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many parts of a lane each tenant gets while others wait too; one part unless said otherwise.
 * A job of {@code cost} tokens takes {@code cost / weight} of its tenant's virtual time.
 */
public record TenantWeights(SortedMap<String, Integer> byTenant) {

    /** Every tenant counts alike. */
    public static final TenantWeights EQUAL = new TenantWeights(new TreeMap<>());

    /** How a text of weights must look. */
    public static final String FORM = "tenant=weight,tenant=weight with weights of 1 to 1000";

    private static final int MAX_WEIGHT = 1_000;

    /**
     * Virtual time of one token at weight 1. It rounds the share of the smallest job at the largest
     * weight by less than a tenth, and lets 9 * 10^14 tokens pass through a lane that never empties
     * before tags end.
     */
    private static final long SCALE = 10_000;

    /**
     * @throws IllegalArgumentException for a weight out of bounds or a blank tenant
     */
    public TenantWeights {
        byTenant = Collections.unmodifiableSortedMap(new TreeMap<>(byTenant));
        for (Map.Entry<String, Integer> entry : byTenant.entrySet()) {
            int weight = entry.getValue();
            if (entry.getKey().isBlank() || weight < 1 || weight > MAX_WEIGHT) {
                throw new IllegalArgumentException("bad weight of a tenant: " + entry);
            }
        }
    }

    /**
     * Reads weights such as {@code acme=3,beta=2}; a blank text gives none.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static TenantWeights parse(String text) {
        SortedMap<String, Integer> weights = new TreeMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int cut = part.lastIndexOf('=');
            if (cut < 0) {
                throw new IllegalArgumentException("no weight in: " + part);
            }
            int weight = Integer.parseInt(part.substring(cut + 1).strip());
            if (weights.put(part.substring(0, cut).strip(), weight) != null) {
                throw new IllegalArgumentException("a tenant has two weights: " + part);
            }
        }
        return new TenantWeights(weights);
    }

    /** A tenant's weight. */
    public int of(String tenant) {
        return byTenant.getOrDefault(tenant, 1);
    }

    /**
     * The tag at which a tenant's job ends that starts at another. Past the last tag there is none:
     * jobs there go by sequence alone, until their lane is empty once.
     *
     * @param cost tokens, at least 1
     */
    long finish(String tenant, long start, long cost) {
        long share = Math.ceilDiv(cost * SCALE, of(tenant));
        return start > Long.MAX_VALUE - share ? Long.MAX_VALUE : start + share;
    }
}
