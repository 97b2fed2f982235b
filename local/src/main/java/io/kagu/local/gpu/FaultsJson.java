package io.kagu.local.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON of the faults that are on, as the control port takes and gives it.
 *
 * <p>For example {@code {"faults":[{"kind":"slow","factor":4,"probability":0.2},
 * {"kind":"status","status":500,"next":3},{"kind":"refuse"}]}}.
 */
final class FaultsJson {

    private static final String NEXT = "next";
    private static final String PROBABILITY = "probability";

    private FaultsJson() {}

    /** Throws IllegalArgumentException with a message for the caller. */
    static List<SwitchedFault> read(byte[] json) {
        try {
            var faults = Bodies.JSON.readTree(json).path("faults");
            if (!faults.isArray()) {
                throw new IllegalArgumentException("expected an object with an array \"faults\"");
            }
            var read = new ArrayList<SwitchedFault>();
            for (var each : faults) {
                read.add(readOne(each));
            }
            return read;
        } catch (ValueInstantiationException e) {
            throw new IllegalArgumentException(reason(e), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
    }

    static byte[] write(List<SwitchedFault> faults) {
        var root = Bodies.JSON.createObjectNode();
        var array = root.putArray("faults");
        for (var each : faults) {
            ObjectNode node = Bodies.JSON.valueToTree(each.fault());
            switch (each.reach()) {
                case Reach.Every() -> {}
                case Reach.Next(var calls) -> node.put(NEXT, calls);
                case Reach.Sometimes(var probability) -> node.put(PROBABILITY, probability);
            }
            array.add(node);
        }
        return Bodies.bytesOf(root);
    }

    private static SwitchedFault readOne(JsonNode node) throws JsonProcessingException {
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException("a fault must be an object, not " + node);
        }
        var reach = readReach(object);
        object.remove(List.of(NEXT, PROBABILITY));
        return new SwitchedFault(Bodies.JSON.treeToValue(object, Fault.class), reach);
    }

    /** What the record itself said, without the names of our classes around it. */
    private static String reason(ValueInstantiationException e) {
        return Optional.ofNullable(e.getCause())
                .map(Throwable::getMessage)
                .orElse(e.getOriginalMessage());
    }

    private static Reach readReach(ObjectNode node) {
        if (node.has(NEXT) && node.has(PROBABILITY)) {
            throw new IllegalArgumentException("give either next or probability, not both");
        }
        if (node.has(NEXT)) {
            return new Reach.Next(node.get(NEXT).asInt());
        }
        return node.has(PROBABILITY)
                ? new Reach.Sometimes(node.get(PROBABILITY).asDouble())
                : Reach.EVERY;
    }
}
