package dev.limber.experiment.checkpoint;

import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A [State] as a JSON tree and named tensors. Every entry says its type, `{"integer": 5}`, so that all come back with
/// the same type, order and bits.
final class StateJson {

    private StateJson() {}

    /// The tree of a state.
    ///
    /// @param path what the names of its tensors begin with: "algorithm"
    /// @param tensors receives the tensors: "algorithm/policy/weights"
    static Map<String, Object> write(State state, String path, SequencedMap<String, Tensor> tensors) {
        var entries = new LinkedHashMap<String, Object>();
        state.entries().forEach((name, value) -> {
            String inner = path.isEmpty() ? name : path + "/" + name;
            entries.put(name, switch (value) {
                case String text -> Map.of("text", text);
                case Long number -> Map.of("integer", number);
                case Double number -> Map.of("number", number(number));
                case Boolean flag -> Map.of("flag", flag);
                case State nested -> Map.of("state", write(nested, inner, tensors));
                case Tensor tensor -> {
                    tensors.put(inner, tensor);
                    yield Map.of("tensor", inner);
                }
                default -> throw new IllegalStateException("a state holds a " + value.getClass());
            });
        });
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", state.schema());
        json.put("version", state.version());
        json.put("entries", entries);
        return json;
    }

    /// JSON has no NaN and no infinities; NaN's bits may matter.
    private static Object number(double value) {
        return Double.isFinite(value) ? value : "0x" + Long.toHexString(Double.doubleToRawLongBits(value));
    }

    /// The state of a tree.
    static State read(Map<?, ?> json, Map<String, Tensor> tensors) throws IOException {
        if (!(json.get("schema") instanceof String schema) || !(json.get("version") instanceof Number version)
                || !(json.get("entries") instanceof Map<?, ?> entries)) {
            throw new IOException("a state has no schema, version or entries");
        }
        var state = new State(schema, version.intValue());
        for (Map.Entry<?, ?> each : entries.entrySet()) {
            String name = each.getKey().toString();
            if (!(each.getValue() instanceof Map<?, ?> typed) || typed.size() != 1) {
                throw new IOException("entry '" + name + "' of " + schema + " has no type");
            }
            Map.Entry<?, ?> entry = typed.entrySet().iterator().next();
            Object value = entry.getValue();
            switch (entry.getKey().toString()) {
                case "text" -> state.put(name, value.toString());
                case "integer" -> state.put(name, ((Number) value).longValue());
                case "number" -> state.put(name, value instanceof String bits
                        ? Double.longBitsToDouble(Long.parseUnsignedLong(bits.substring(2), 16))
                        : ((Number) value).doubleValue());
                case "flag" -> state.put(name, (Boolean) value);
                case "state" -> state.put(name, read((Map<?, ?>) value, tensors));
                case "tensor" -> {
                    Tensor tensor = tensors.get(value.toString());
                    if (tensor == null) {
                        throw new IOException("tensor '" + value + "' is missing");
                    }
                    state.put(name, tensor);
                }
                default -> throw new IOException("entry '" + name + "' of " + schema + " has an unknown type "
                        + entry.getKey());
            }
        }
        return state;
    }
}
