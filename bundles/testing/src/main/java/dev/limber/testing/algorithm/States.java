package dev.limber.testing.algorithm;

import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.TreeMap;

/// Looks into states.
final class States {

    private States() {}

    /// All entries by path, nested ones too, to be compared bit for bit.
    static Map<String, Object> flat(State state) {
        var entries = new TreeMap<String, Object>();
        collect(state, "", entries);
        return entries;
    }

    private static void collect(State state, String path, Map<String, Object> target) {
        target.put(path + "schema", state.toString());
        state.entries().forEach((name, value) -> {
            if (value instanceof State nested) {
                collect(nested, path + name + "/", target);
            } else {
                target.put(path + name, value);
            }
        });
    }

    /// A copy in which the tensor `grown` has one more element.
    static State withLonger(State state, String grown) {
        var copy = new State(state.schema(), state.version());
        state.entries().forEach((name, value) -> {
            switch (value) {
                case String text -> copy.put(name, text);
                case Long number -> copy.put(name, number);
                case Double number -> copy.put(name, number);
                case Boolean flag -> copy.put(name, flag);
                case State nested -> copy.put(name, nested);
                case Tensor tensor -> copy.put(name, name.equals(grown) ? longer(tensor) : tensor);
                default -> throw new IllegalArgumentException(name + " is a " + value.getClass());
            }
        });
        return copy;
    }

    private static Tensor longer(Tensor tensor) {
        int elements = Math.toIntExact(tensor.elements() + 1);
        return switch (tensor.type()) {
            case FLOAT32 -> Tensor.of(new float[elements]);
            case FLOAT64 -> Tensor.of(new double[elements]);
            case INT32 -> Tensor.of(new int[elements]);
            case INT64 -> Tensor.of(new long[elements]);
            case UINT8 -> Tensor.of(new byte[elements]);
        };
    }

    /// The path of an entry that holds a number that is not finite; empty where all are finite.
    static String notFinite(State state) {
        for (var entry : flat(state).entrySet()) {
            boolean finite = switch (entry.getValue()) {
                case Double number -> Double.isFinite(number);
                case Tensor tensor when tensor.type() == Tensor.Type.FLOAT32 -> finite(tensor);
                default -> true;
            };
            if (!finite) {
                return entry.getKey();
            }
        }
        return "";
    }

    private static boolean finite(Tensor tensor) {
        for (long i = 0; i < tensor.elements(); i++) {
            if (!Float.isFinite(tensor.memory().get(ValueLayout.JAVA_FLOAT_UNALIGNED, i * Float.BYTES))) {
                return false;
            }
        }
        return true;
    }
}
