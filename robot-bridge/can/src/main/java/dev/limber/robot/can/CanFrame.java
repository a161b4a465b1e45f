package dev.limber.robot.can;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A frame of classic CAN or CAN FD, written in place and used again. Numbers are little-endian.
final class CanFrame {

    static final int MAX_BYTES = 64;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] data = new byte[MAX_BYTES];
    int id;
    boolean extended;
    /// Asks for a frame of the same id; classic CAN alone.
    boolean remote;
    boolean fd;
    int length;

    /// Begins a frame without data.
    CanFrame begin(int identifier, boolean flexible) {
        id = identifier;
        extended = identifier > 0x7FF;
        remote = false;
        fd = flexible;
        length = 0;
        return this;
    }

    CanFrame u8(int value) {
        data[length++] = (byte) value;
        return this;
    }

    CanFrame i16(int value) {
        SHORT.set(data, length, (short) value);
        length += 2;
        return this;
    }

    CanFrame u32(int value) {
        INT.set(data, length, value);
        length += 4;
        return this;
    }

    CanFrame f32(float value) {
        FLOAT.set(data, length, value);
        length += 4;
        return this;
    }

    int u8At(int at) {
        return data[at] & 0xFF;
    }

    int u32At(int at) {
        return (int) INT.get(data, at);
    }

    float f32At(int at) {
        return (float) FLOAT.get(data, at);
    }

    void set(CanFrame other) {
        id = other.id;
        extended = other.extended;
        remote = other.remote;
        fd = other.fd;
        length = other.length;
        System.arraycopy(other.data, 0, data, 0, other.length);
    }
}
