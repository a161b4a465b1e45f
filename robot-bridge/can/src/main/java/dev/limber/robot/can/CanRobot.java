package dev.limber.robot.can;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Motor controllers of one make on a CAN bus.
final class CanRobot implements Robot {

    private static final long CONNECT_NANOS = 500_000_000L;
    /// How often a drive is asked whether it obeys, and how long each time: ODrive's heartbeat comes every 0.1 s.
    private static final int ENABLE_TRIES = 100;
    private static final long ENABLE_NANOS = 10_000_000L;
    private static final long SETTLE_NANOS = 5_000_000L;
    /// More frames than the system keeps for who does not listen.
    private static final int MOST_KEPT = 1000;

    private final Supplier<CanBus> opener;
    private final DriveProtocol protocol;
    private final RobotSpec spec;
    private final Axis[] axes;
    private final float[] values;
    private final CanFrame out = new CanFrame();
    private final CanFrame in = new CanFrame();
    private CanBus bus;
    private CommandMode mode = CommandMode.POSITION;
    private boolean enabled;
    private double watchdog;
    private int backlog;

    CanRobot(Supplier<CanBus> opener, DriveProtocol protocol, List<Axis> axes, CanSettings settings) {
        this.opener = opener;
        this.protocol = protocol;
        this.axes = axes.toArray(Axis[]::new);
        values = new float[this.axes.length];
        spec = new RobotSpec(protocol.make(),
                axes.stream().map(axis -> new Joint(axis.name, axis.low, axis.high, settings.velocity(),
                        settings.acceleration(), settings.effort(), true)).toList(),
                Set.of(CommandMode.values()), settings.cycle(), protocol.watchdog());
    }

    @Override
    public RobotSpec spec() {
        return spec;
    }

    @Override
    public void connect() {
        close();
        for (Axis axis : axes) {
            axis.forget();
        }
        bus = opener.get();
        try {
            measure(CONNECT_NANOS);
        } catch (RobotException failure) {
            bus.close();
            bus = null;
            throw failure;
        }
    }

    /// Asks every axis where it is, and waits for the answers.
    private void measure(long nanos) {
        long now = listen(0);
        while (hear(now)) {
            // what came meanwhile: heartbeats, and answers that are too late
        }
        long since = System.nanoTime();
        for (Axis axis : axes) {
            protocol.askMotion(axis, out);
            bus.send(out);
        }
        long deadline = listen(nanos);
        for (Axis axis : axes) {
            boolean waiting = true;
            while (!after(axis.heardNanos, since)) {
                if (!waiting) {
                    throw new RobotException(Kind.TIMEOUT, protocol.make() + " " + axis.node + " of joint '" + axis.name
                            + "' did not answer within " + nanos / 1_000_000 + " ms");
                }
                waiting = hear(deadline);
            }
        }
    }

    private static boolean after(long nanos, long since) {
        return nanos != 0 && nanos - since >= 0;
    }

    /// Begins to listen.
    ///
    /// @return the deadline of that, for [#hear(long)]
    private long listen(long nanos) {
        backlog = MOST_KEPT;
        return System.nanoTime() + nanos;
    }

    /// Waits for a frame and hears it. What is there after the deadline may have come in time, for threads are late as well; but what others
    /// say on the bus without end holds nobody up.
    ///
    /// @return false where there is nothing to be heard any more
    private boolean hear(long deadline) {
        if (!bus.receive(in, deadline)) {
            return false;
        }
        hear();
        return System.nanoTime() - deadline < 0 || backlog-- > 0;
    }

    private void hear() {
        int node = protocol.node(in);
        for (Axis axis : axes) {
            if (axis.node == node) {
                protocol.hear(in, axis, System.nanoTime());
            }
        }
    }

    @Override
    public void read(JointStates target) {
        requireConnected();
        measure((long) (spec.cycleSeconds() * 1e9));
        long oldest = System.nanoTime();
        for (Axis axis : axes) {
            // What is not enabled may complain until it is: enabling takes that back.
            String errors = enabled ? protocol.errors(axis, axis.energised) : "";
            if (!errors.isEmpty()) {
                throw new RobotException(Kind.DRIVE_FAULT, protocol.make() + " " + axis.node + " of joint '" + axis.name
                        + "' reports: " + errors);
            }
            oldest = axis.heardNanos - oldest < 0 ? axis.heardNanos : oldest;
        }
        for (int i = 0; i < axes.length; i++) {
            target.positions()[i] = axes[i].position;
            target.velocities()[i] = axes[i].velocity;
            target.efforts()[i] = axes[i].effort;
        }
        target.nanoTime()[0] = oldest;
    }

    @Override
    public void readHealth(DriveHealth target) {
        requireConnected();
        long since = System.nanoTime();
        for (Axis axis : axes) {
            for (int part = 0; protocol.askHealth(axis, part, out); part++) {
                bus.send(out);
            }
        }
        long deadline = listen((long) (spec.cycleSeconds() * 1e9));
        for (Axis axis : axes) {
            boolean waiting = true;
            while (!after(axis.healthNanos, since)) {
                if (!waiting) {
                    throw new RobotException(Kind.TIMEOUT, protocol.make() + " " + axis.node + " of joint '" + axis.name
                            + "' does not tell its temperature");
                }
                waiting = hear(deadline);
            }
        }
        for (int i = 0; i < axes.length; i++) {
            target.temperatures()[i] = axes[i].temperature;
            target.voltages()[i] = axes[i].voltage;
            target.errors()[i] = protocol.errors(axes[i], enabled && axes[i].energised);
        }
    }

    @Override
    public void setWatchdog(double seconds) {
        requireConnected();
        switch (spec.watchdog()) {
            case DriveWatchdog.None() -> {
                if (seconds != 0) {
                    throw new RobotException(Kind.REFUSED, protocol.make()
                            + " has no watchdog set up; set it up with its own tool and say so by watchdog=SECONDS");
                }
            }
            case DriveWatchdog.Fixed(double fixed) -> {
                if (seconds != 0 && seconds != fixed) {
                    throw new RobotException(Kind.REFUSED,
                            "the watchdog of " + protocol.make() + " is " + fixed + " s and cannot be set to "
                                    + seconds);
                }
            }
            case DriveWatchdog.Settable(double shortest, double longest) -> {
                if (seconds != 0 && !(seconds >= shortest && seconds <= longest)) {
                    throw new RobotException(Kind.REFUSED, "the watchdog of " + protocol.make() + " can be " + shortest
                            + " to " + longest + " s, not " + seconds);
                }
            }
        }
        // It travels with every command, and is read back when the first one has been sent.
        watchdog = seconds;
    }

    @Override
    public void enable(CommandMode wanted) {
        enable(wanted, () -> false);
    }

    @Override
    public void enable(CommandMode wanted, BooleanSupplier unwanted) {
        requireConnected();
        measure((long) (spec.cycleSeconds() * 1e9));
        try {
            for (Axis axis : axes) {
                // Before it is told: where that fails half-way, it is stopped.
                axis.energised = true;
                axis.holding = false;
                for (int part = 0; protocol.enable(axis, wanted, watchdog, part, out); part++) {
                    bus.send(out);
                }
            }
            awaitObedience(wanted, unwanted);
        } catch (RobotException failure) {
            release();
            throw failure;
        }
        if (unwanted.getAsBoolean()) {
            throw new RobotException(Kind.REFUSED, "a stop came while the drives were enabled");
        }
        mode = wanted;
        enabled = true;
    }

    private void awaitObedience(CommandMode wanted, BooleanSupplier unwanted) {
        for (int attempt = 0; attempt < ENABLE_TRIES; attempt++) {
            long deadline = listen(ENABLE_NANOS);
            while (refusing() != null && hear(deadline)) {
            }
            if (refusing() == null || unwanted.getAsBoolean()) {
                return;
            }
            for (Axis axis : axes) {
                for (int part = 0; protocol.enabling(axis, wanted, watchdog, part, out); part++) {
                    bus.send(out);
                }
            }
        }
        Axis axis = refusing();
        throw new RobotException(Kind.REFUSED, protocol.make() + " " + axis.node + " of joint '" + axis.name
                + "' does not obey: " + protocol.refusal(axis, watchdog).orElseThrow());
    }

    /// The first axis that does not obey yet, or null.
    private Axis refusing() {
        for (Axis axis : axes) {
            if (protocol.refusal(axis, watchdog).isPresent()) {
                return axis;
            }
        }
        return null;
    }

    @Override
    public void send(double[] wanted, double[] applied) {
        requireConnected();
        if (!enabled) {
            throw new RobotException(Kind.REFUSED, "the drives are not enabled");
        }
        for (int i = 0; i < axes.length; i++) {
            if (Double.isNaN(wanted[i])) {
                throw new RobotException(Kind.REFUSED, "the command for joint '" + axes[i].name + "' is no number");
            }
            values[i] = value(i, wanted[i]);
        }
        for (int i = 0; i < axes.length; i++) {
            protocol.command(axes[i], mode, values[i], watchdog, out);
            bus.send(out);
        }
        for (int i = 0; i < axes.length; i++) {
            applied[i] = mode == CommandMode.EFFORT ? values[i] * axes[i].gear : axes[i].radians(values[i]);
        }
    }

    private float value(int joint, double wanted) {
        Joint limits = spec.joints().get(joint);
        return switch (mode) {
            case POSITION ->
                    axes[joint].turns(Math.clamp(wanted, limits.low(), limits.high()), limits.low(), limits.high());
            case VELOCITY -> axes[joint].turns(Math.clamp(wanted, -limits.maxVelocity(), limits.maxVelocity()),
                    -limits.maxVelocity(), limits.maxVelocity());
            case EFFORT -> axes[joint].motorTorque(Math.clamp(wanted, -limits.maxEffort(), limits.maxEffort()),
                    limits.maxEffort());
        };
    }

    @Override
    public void stop(StopWay[] ways) {
        requireConnected();
        RobotException first = null;
        for (int i = 0; i < axes.length; i++) {
            // Stopping gives no torque to what has none.
            if (axes[i].energised || ways[i] == StopWay.TORQUE_OFF) {
                try {
                    stop(axes[i], ways[i]);
                } catch (RobotException failure) {
                    first = first == null ? failure : first;
                }
            }
        }
        enabled = false;
        if (first != null) {
            throw first;
        }
    }

    private void stop(Axis axis, StopWay way) {
        if (way == StopWay.HOLD && axis.holding) {
            return; // holding again where it has sunk to would let it sink step by step
        }
        for (int part = 0; protocol.stop(axis, way, part, out); part++) {
            bus.send(out);
        }
        axis.energised = way != StopWay.TORQUE_OFF;
        axis.holding = way == StopWay.HOLD;
    }

    private void release() {
        for (Axis axis : axes) {
            if (axis.energised && !axis.holding) {
                try {
                    stop(axis, StopWay.TORQUE_OFF);
                } catch (RobotException gone) {
                    // The others may still hear.
                }
            }
        }
    }

    @Override
    public void close() {
        enabled = false;
        if (bus != null) {
            release();
            try {
                bus.receive(in, System.nanoTime() + SETTLE_NANOS); // so that the last frames are sent
            } catch (RobotException gone) {
                // It is closed either way.
            }
            bus.close();
            bus = null;
        }
    }

    private void requireConnected() {
        if (bus == null) {
            throw new RobotException(Kind.DISCONNECTED, "the " + protocol.make() + " drives are not connected");
        }
    }
}
