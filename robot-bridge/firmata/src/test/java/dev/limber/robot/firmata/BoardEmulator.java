package dev.limber.robot.firmata;

import dev.limber.robot.testing.PseudoTerminal;
import java.util.ArrayDeque;
import java.util.Arrays;

/// A board with StandardFirmata whose servos are at once where they are told to be, and are measured by A0, A1, ...
/// in the order of their pins 9, 10, ...
final class BoardEmulator implements AutoCloseable {

    static final int FIRST_PIN = 9;
    private static final int PINS = 20;
    private static final long PERIOD_NANOS = 1_000_000;
    /// So often in a row nothing had come.
    private static final int QUIET_LOOKS = 30;

    private final PseudoTerminal terminal = new PseudoTerminal();
    private final Thread thread;
    private final int[] sysex = new int[64];
    private final ArrayDeque<Integer> out = new ArrayDeque<>();

    // Guarded by this.
    private final int[] pulses = new int[2];
    private final boolean[] attached = new boolean[2];
    private final boolean[] reported = new boolean[16];
    private byte[] noise = {};
    private boolean silent;
    private int idle;
    private volatile boolean closed;

    // The thread's.
    private int status;
    private int count;

    BoardEmulator() {
        Arrays.fill(pulses, 1600);
        thread = Thread.ofPlatform().daemon().start(this::work);
    }

    String device() {
        return terminal.path().toString();
    }

    /// Whether a servo has pulses, once nothing more comes.
    synchronized boolean attached() throws InterruptedException {
        idle = 0;
        while (idle < QUIET_LOOKS && !closed) {
            wait();
        }
        return attached[0] || attached[1];
    }

    synchronized int pulse(int servo) {
        return pulses[servo];
    }

    /// Says something that is not part of the protocol, once.
    synchronized void disturb(byte[] bytes) {
        noise = bytes;
    }

    synchronized void fallSilent() {
        silent = true;
    }

    private void work() {
        byte[] in = new byte[256];
        long next = System.nanoTime();
        while (!closed) {
            int read = terminal.read(in, PERIOD_NANOS);
            synchronized (this) {
                idle = read == 0 ? idle + 1 : 0;
                notifyAll();
                for (int i = 0; i < read; i++) {
                    take(in[i] & 0xFF);
                }
                if (System.nanoTime() - next >= 0) {
                    next = System.nanoTime() + PERIOD_NANOS;
                    report();
                }
                if (!silent) {
                    flush();
                }
            }
        }
    }

    private void flush() {
        byte[] bytes = new byte[out.size() + noise.length];
        System.arraycopy(noise, 0, bytes, 0, noise.length);
        for (int i = noise.length; i < bytes.length; i++) {
            bytes[i] = out.poll().byteValue();
        }
        noise = new byte[0];
        terminal.write(bytes, 0, bytes.length);
    }

    private void report() {
        for (int channel = 0; channel < 2; channel++) {
            if (reported[channel]) {
                int reading = (int) Math.round((pulses[channel] - 544) * 1023.0 / (2400 - 544));
                say(0xE0 | channel, reading & 0x7F, reading >> 7);
            }
        }
    }

    private void say(int... values) {
        for (int value : values) {
            out.add(value);
        }
    }

    private void take(int value) {
        if (value == 0xF9) {
            say(0xF9, 2, 5);
        } else if (value == 0xF7) {
            sysex();
            status = 0;
        } else if (value >= 0x80) {
            status = value;
            count = 0;
        } else if (count < sysex.length) {
            sysex[count++] = value;
            if ((status & 0xF0) == 0xC0) {
                reported[status & 0x0F] = value == 1;
            } else if (status == 0xF4 && count == 2) {
                servo(sysex[0], sysex[1] == 4);
            }
        }
    }

    private void servo(int pin, boolean on) {
        if (pin >= FIRST_PIN && pin < FIRST_PIN + 2) {
            attached[pin - FIRST_PIN] = on;
        }
    }

    private void sysex() {
        if (status != 0xF0 || count == 0) {
            return;
        }
        switch (sysex[0]) {
            case 0x6B -> {
                say(0xF0, 0x6C);
                for (int pin = 0; pin < PINS; pin++) {
                    say(0, 1, 1, 1);
                    if (pin >= 2 && pin < 14) {
                        say(4, 14);
                    }
                    say(0x7F);
                }
                say(0xF7);
            }
            case 0x70 -> servo(sysex[1], true);
            case 0x6F -> {
                int servo = sysex[1] - FIRST_PIN;
                if (servo >= 0 && servo < 2 && attached[servo]) {
                    pulses[servo] = Math.clamp(sysex[2] | sysex[3] << 7, 544, 2400);
                }
            }
            default -> {
                // Nothing that this board has.
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            terminal.close();
        }
    }
}
