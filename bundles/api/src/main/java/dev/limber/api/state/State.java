package dev.limber.api.state;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Named scalars, arrays and nested states, with the name and version of their schema.
///
/// Holds JDK types alone, so that it can cross class loaders and be written to files: `String`, `Long`, `Double`,
/// `Boolean`, [Tensor] and `State`. Names must not contain `/`. Entries keep their order.
public final class State {

    private final String schema;
    private final int version;
    private final Map<String, Object> entries = new LinkedHashMap<>();

    /// An empty state.
    ///
    /// @param schema who understands it: "dev.limber.algorithms.a2c"
    /// @param version rises whenever the meaning of an entry changes
    public State(String schema, int version) {
        this.schema = schema;
        this.version = version;
    }

    /// Who understands it.
    public String schema() {
        return schema;
    }

    /// The version of the schema.
    public int version() {
        return version;
    }

    /// Throws unless this state has the given schema and version.
    public State expect(String wantedSchema, int wantedVersion) {
        if (!schema.equals(wantedSchema) || version != wantedVersion) {
            throw new IncompatibleStateException("state is " + schema + " version " + version + ", expected "
                    + wantedSchema + " version " + wantedVersion);
        }
        return this;
    }

    /// Throws unless this state has the given schema and a version that can be migrated from. What restores it then looks
    /// at [#version] for what has changed since.
    ///
    /// @param oldest the oldest version that is understood
    /// @param newest the version that is written now
    public State expect(String wantedSchema, int oldest, int newest) {
        if (!schema.equals(wantedSchema) || version < oldest || version > newest) {
            throw new IncompatibleStateException("state is " + schema + " version " + version + ", expected "
                    + wantedSchema + " version " + oldest + " to " + newest);
        }
        return this;
    }

    /// Adds a text.
    public State put(String name, String value) {
        return add(name, value);
    }

    /// Adds a whole number.
    public State put(String name, long value) {
        return add(name, value);
    }

    /// Adds a number. Any value, NaN and infinities included, comes back with the same bits.
    public State put(String name, double value) {
        return add(name, value);
    }

    /// Adds a truth value.
    public State put(String name, boolean value) {
        return add(name, value);
    }

    /// Adds a nested state.
    public State put(String name, State value) {
        return add(name, value);
    }

    /// Adds a tensor as it is, without a copy.
    public State put(String name, Tensor value) {
        return add(name, value);
    }

    /// Adds a copy of an array, with the given shape, or as a vector where none is given.
    public State put(String name, float[] values, long... shape) {
        return add(name, Tensor.of(values.clone(), shape));
    }

    /// Adds a copy of an array, with the given shape, or as a vector where none is given.
    public State put(String name, double[] values, long... shape) {
        return add(name, Tensor.of(values.clone(), shape));
    }

    /// Adds a copy of an array, with the given shape, or as a vector where none is given.
    public State put(String name, long[] values, long... shape) {
        return add(name, Tensor.of(values.clone(), shape));
    }

    /// Adds a copy of an array, with the given shape, or as a vector where none is given.
    public State put(String name, int[] values, long... shape) {
        return add(name, Tensor.of(values.clone(), shape));
    }

    /// Adds a copy of an array, with the given shape, or as a vector where none is given.
    public State put(String name, byte[] values, long... shape) {
        return add(name, Tensor.of(values.clone(), shape));
    }

    /// Adds a copy of an array, as a vector of bytes 0 and 1.
    public State put(String name, boolean[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return add(name, Tensor.of(bytes));
    }

    /// Adds memory by reference: a replay memory of gigabytes goes over to the next owner without a copy. Its owner must
    /// not write to it any more, but to a copy, since the state may be on its way to the disk while training goes on.
    public State share(String name, Tensor.Type type, MemorySegment memory, long... shape) {
        return add(name, new Tensor(type, memory, shape));
    }

    private State add(String name, Object value) {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'" + name + "' is no name for a part of a state");
        }
        if (entries.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("state has '" + name + "' already");
        }
        return this;
    }

    /// The names, in order.
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /// All entries, in order, unmodifiable.
    public Map<String, Object> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /// True where there is an entry of that name.
    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /// The text of that name.
    public String text(String name) {
        return get(name, String.class, "text");
    }

    /// The whole number of that name.
    public long integer(String name) {
        return get(name, Long.class, "whole number");
    }

    /// The number of that name.
    public double number(String name) {
        return get(name, Double.class, "number");
    }

    /// The truth value of that name.
    public boolean flag(String name) {
        return get(name, Boolean.class, "truth value");
    }

    /// The nested state of that name.
    public State state(String name) {
        return get(name, State.class, "state");
    }

    /// The tensor of that name.
    public Tensor tensor(String name) {
        return get(name, Tensor.class, "tensor");
    }

    /// Copies the tensor of that name into `target`, whose length must be the tensor's.
    public void read(String name, float[] target) {
        tensor(name, Tensor.Type.FLOAT32, target.length).copyTo(MemorySegment.ofArray(target));
    }

    /// Copies the tensor of that name into `target`, whose length must be the tensor's.
    public void read(String name, double[] target) {
        tensor(name, Tensor.Type.FLOAT64, target.length).copyTo(MemorySegment.ofArray(target));
    }

    /// Copies the tensor of that name into `target`, whose length must be the tensor's.
    public void read(String name, long[] target) {
        tensor(name, Tensor.Type.INT64, target.length).copyTo(MemorySegment.ofArray(target));
    }

    /// Copies the tensor of that name into `target`, whose length must be the tensor's.
    public void read(String name, int[] target) {
        tensor(name, Tensor.Type.INT32, target.length).copyTo(MemorySegment.ofArray(target));
    }

    /// Copies the tensor of that name into `target`, whose length must be the tensor's.
    public void read(String name, byte[] target) {
        tensor(name, Tensor.Type.UINT8, target.length).copyTo(MemorySegment.ofArray(target));
    }

    /// Copies the bytes of that name into `target`, whose length must be the tensor's.
    public void read(String name, boolean[] target) {
        byte[] bytes = new byte[target.length];
        read(name, bytes);
        for (int i = 0; i < bytes.length; i++) {
            target[i] = bytes[i] != 0;
        }
    }

    /// The tensor of that name, which must have that type and number of elements.
    public Tensor tensor(String name, Tensor.Type type, long elements) {
        Tensor tensor = tensor(name);
        if (tensor.type() != type || tensor.elements() != elements) {
            throw new IncompatibleStateException("'" + name + "' of " + schema + " has " + tensor.elements() + " "
                    + tensor.type() + ", expected " + elements + " " + type);
        }
        return tensor;
    }

    private <T> T get(String name, Class<T> type, String kind) {
        Object value = entries.get(name);
        if (!type.isInstance(value)) {
            throw new IncompatibleStateException("state " + schema + " version " + version + " has no " + kind + " '"
                    + name + "', it has " + entries.keySet());
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return schema + " v" + version + " " + entries.keySet();
    }
}
