package dev.limber.robot.testing;

import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.random.SeededRandom;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/// A robot that is not there: servos on a pseudo-terminal with a mechanism behind them, all in real time on a thread of
/// its own. Open the device at [#path] as if it were a serial port.
///
/// Safe to be used from several threads.
public final class EmulatedRobot implements AutoCloseable {

    /// How long the thread waits for bytes before it looks after the mechanism again [ns].
    private static final long IDLE_NANOS = 2_000_000;
    /// Motion that was missed for longer than this is left out: the machine slept [ns].
    private static final long MISSED_NANOS = 20_000_000;
    private static final int BUFFER_BYTES = 8192;
    private static final int PRACTICE_STEPS = 500;
    /// Start, eight data and stop bits.
    private static final int BITS_PER_BYTE = 10;

    private final PseudoTerminal terminal = new PseudoTerminal();
    private final ServoBus bus;
    private final WireLog log;
    private final double baud;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> waiting = new ArrayDeque<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final boolean helpingHand;

    private Mechanism mechanism;
    private Faults faults;
    private SeededRandom random;
    private double[] positions = new double[0];
    private double[] velocities = new double[0];
    private double[] efforts = new double[0];
    private long simulatedTo;
    private long lineFree;
    private boolean letGo;
    private boolean plugged = true;
    private volatile boolean closed;

    private record Answer(long due, byte[] bytes) {}

    /// What an emulated robot is like.
    ///
    /// @param rig mechanism and servos
    /// @param faults of the line
    /// @param log sees every byte
    /// @param baud at which bytes take their time on the line; 0 for none [bit/s]
    public record Setup(Rig rig, Faults faults, WireLog log, int baud) {

        /// A good line that takes no time and is not logged.
        public static Setup of(Rig rig) {
            return new Setup(rig, Faults.NONE, NO_LOG, 0);
        }

        /// A copy with other faults.
        public Setup with(Faults other) {
            return new Setup(rig, other, log, baud);
        }

        /// A copy with another log.
        public Setup with(WireLog other) {
            return new Setup(rig, faults, other, baud);
        }

        /// A copy on a line that takes its time [bit/s].
        public Setup atBaud(int bitsPerSecond) {
            return new Setup(rig, faults, log, bitsPerSecond);
        }
    }

    private static final WireLog NO_LOG = new WireLog() {
        @Override
        public void received(long nanoTime, byte[] bytes, int count) {}

        @Override
        public void sent(long nanoTime, byte[] bytes, int count) {}
    };

    /// Starts Dynamixel servos.
    public static EmulatedRobot dynamixel(Setup setup, PhysicsEngine engine) {
        return new EmulatedRobot(setup, engine, DynamixelBus::new);
    }

    /// Starts Feetech STS3215 servos.
    public static EmulatedRobot feetech(Setup setup, PhysicsEngine engine) {
        return new EmulatedRobot(setup, engine, FeetechBus::new);
    }

    private EmulatedRobot(Setup setup, PhysicsEngine engine, Function<Rig, ServoBus> makeBus) {
        bus = makeBus.apply(setup.rig());
        log = setup.log();
        baud = setup.baud();
        helpingHand = setup.rig().helpingHand();
        take(setup.faults());
        var ready = new CompletableFuture<Void>();
        thread = Thread.ofPlatform().daemon().name("emulated " + setup.rig().name())
                .start(() -> run(() -> new WorldMechanism(setup.rig(), engine), ready));
        ready.join();
    }

    /// The device.
    public Path path() {
        return terminal.path();
    }

    /// Changes what the line does from now on.
    public void faults(Faults now) {
        ask(() -> {
            take(now);
            return null;
        });
    }

    /// Makes a servo report an overload, as if it had been blocked.
    ///
    /// @param id of the servo
    public void overload(int id) {
        ask(() -> {
            bus.overload(id);
            return null;
        });
    }

    /// Takes a servo's power away for a moment: it begins anew, without torque, and says nothing of it.
    ///
    /// @param id of the servo
    public void restart(int id) {
        ask(() -> {
            bus.restart(id);
            return null;
        });
    }

    /// Whether any servo has torque.
    public boolean energised() {
        return ask(bus::energised);
    }

    /// Where the joints really are [rad or m].
    public double[] positions() {
        return ask(() -> positions.clone());
    }

    /// Pulls the cable: whoever has the device open reads an error from now on. The mechanism moves on.
    public void unplug() {
        ask(() -> {
            plugged = false;
            terminal.close();
            return null;
        });
    }

    /// Ends it. Further calls do nothing.
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        terminal.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        if (!thread.isAlive()) {
            runTasks();
        }
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private synchronized void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void take(Faults now) {
        faults = now;
        random = new SeededRandom(now.seed());
    }

    private void run(Supplier<Mechanism> make, CompletableFuture<Void> ready) {
        try (Mechanism made = make.get()) {
            mechanism = made;
            positions = new double[made.joints()];
            velocities = new double[made.joints()];
            efforts = new double[made.joints()];
            practise();
            simulatedTo = System.nanoTime();
            advance(simulatedTo + Math.round(made.stepSeconds() * 1e9));
            ready.complete(null);
            while (!closed) {
                turn();
            }
        } catch (RuntimeException failure) {
            ready.completeExceptionally(failure);
            throw failure;
        } finally {
            runTasks();
        }
    }

    /// Steps that are taken for the first time are too slow for real time, and servos would answer late.
    private void practise() {
        for (int i = 0; i < PRACTICE_STEPS; i++) {
            mechanism.step(efforts);
        }
        mechanism.reset();
    }

    private void turn() {
        runTasks();
        long now = System.nanoTime();
        advance(now);
        long wait = IDLE_NANOS;
        while (!waiting.isEmpty()) {
            wait = waiting.peek().due - now;
            if (wait > 0) {
                break;
            }
            Answer answer = waiting.remove();
            if (plugged) {
                log.sent(now, answer.bytes, answer.bytes.length);
                terminal.write(answer.bytes, 0, answer.bytes.length);
            }
            wait = IDLE_NANOS;
        }
        if (!plugged) {
            LockSupport.parkNanos(IDLE_NANOS);
            return;
        }
        // The system's wait counts milliseconds: what is shorter is slept.
        boolean brief = wait < 1_000_000;
        if (brief) {
            LockSupport.parkNanos(wait);
        }
        int count = terminal.read(buffer, brief ? 0 : Math.min(wait, IDLE_NANOS));
        if (count > 0) {
            int left = damage(buffer, count);
            long received = System.nanoTime();
            log.received(received, buffer, left);
            advance(received);
            lineFree = Math.max(lineFree, received) + lineNanos(left);
            bus.receive(buffer, left, received, this::answer);
        }
    }

    private long lineNanos(int bytes) {
        return baud > 0 ? Math.round(bytes * BITS_PER_BYTE / baud * 1e9) : 0;
    }

    private void answer(byte[] bytes, int count, long delayNanos) {
        byte[] damaged = new byte[count];
        System.arraycopy(bytes, 0, damaged, 0, count);
        int left = damage(damaged, count);
        long late = chance(faults.delay()) ? Math.round(faults.delaySeconds() * 1e9) : 0;
        lineFree += delayNanos + lineNanos(left) + late;
        var answer = new Answer(lineFree, Arrays.copyOf(damaged, left));
        waiting.add(answer);
        if (chance(faults.duplicate())) {
            waiting.add(answer);
        }
    }

    private int damage(byte[] bytes, int count) {
        if (faults.drop() == 0 && faults.flip() == 0) {
            return count;
        }
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (!chance(faults.drop())) {
                bytes[left++] = chance(faults.flip()) ? (byte) (bytes[i] ^ 1 << random.nextInt(8)) : bytes[i];
            }
        }
        return left;
    }

    private boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private void advance(long now) {
        long step = Math.round(mechanism.stepSeconds() * 1e9);
        if (now - simulatedTo > MISSED_NANOS) {
            simulatedTo = now - MISSED_NANOS;
        }
        while (now - simulatedTo >= step) {
            simulatedTo += step;
            mechanism.positions(positions);
            mechanism.velocities(velocities);
            bus.step(simulatedTo, mechanism.stepSeconds(), positions, velocities, efforts);
            hold();
            if (letGo || !helpingHand) {
                mechanism.step(efforts);
            }
        }
    }

    private void hold() {
        if (!helpingHand) {
            return;
        }
        if (letGo && !bus.energised()) {
            mechanism.reset();
            letGo = false;
        } else if (!letGo && bus.energised() && bus.commanded()) {
            letGo = true;
        }
    }
}
