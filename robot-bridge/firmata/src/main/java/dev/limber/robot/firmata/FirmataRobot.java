package dev.limber.robot.firmata;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.robot.serial.SerialLine;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Hobby servos on a board with StandardFirmata 2.5.
///
/// A servo without analog feedback does not tell where it is: what it was told last is taken for measured, and its middle
/// before that. Hobby servos cannot damp, so damping holds; without pulses they have no torque. The sketch has no watchdog.
final class FirmataRobot implements Robot, FirmataListener {

    /// A board that was just opened starts anew, which takes its boot loader some seconds.
    private static final long BOOT_NANOS = 6_000_000_000L;
    private static final long ASK_NANOS = 300_000_000L;
    private static final long SETTLE_NANOS = 50_000_000L;
    private static final int CHANNELS = 16;
    private static final int LONGEST_MESSAGE = 8;

    private final String device;
    private final FirmataSettings settings;
    private final RobotSpec spec;
    private final Wiring[] wirings;
    private final int[] shortest;
    private final int[] longest;
    private final double[] commanded;
    private final double[] previous;
    private final long[] previousNanos;
    private final byte[] out;
    private final byte[] in = new byte[1024];
    private final int[] readings = new int[CHANNELS];
    private final long[] readNanos = new long[CHANNELS];
    private final StopWay[] stopped;

    private SerialLine line;
    private FirmataParser parser;
    private int outCount;
    private boolean enabled;
    private String capabilities = "";
    private boolean greeted;
    private boolean described;
    private String complaint = "";

    FirmataRobot(String device, FirmataSettings settings) {
        this.device = device;
        this.settings = settings;
        List<Wiring> list = Wiring.parse(settings.joints(), settings.travel());
        wirings = list.toArray(Wiring[]::new);
        spec = new RobotSpec("firmata",
                list.stream()
                        .map(wiring -> new Joint(wiring.name(), wiring.low(), wiring.high(), settings.velocity(),
                                settings.acceleration(), settings.effort(), wiring.actuated()))
                        .toList(),
                Set.of(CommandMode.POSITION), settings.cycle(), new DriveWatchdog.None());
        int joints = wirings.length;
        shortest = list.stream().mapToInt(wiring -> (int) Math.ceil(pulse(wiring.low()) - 1e-9)).toArray();
        longest = list.stream().mapToInt(wiring -> (int) Math.floor(pulse(wiring.high()) + 1e-9)).toArray();
        commanded = new double[joints];
        for (int i = 0; i < joints; i++) {
            commanded[i] = Math.clamp(0.0, wirings[i].low(), wirings[i].high());
        }
        previous = new double[joints];
        previousNanos = new long[joints];
        out = new byte[Math.max(64, 2 * LONGEST_MESSAGE * joints)];
        stopped = new StopWay[joints];
    }

    private double pulse(double angle) {
        return (settings.shortest() + settings.longest()) / 2.0
                + angle * (settings.longest() - settings.shortest()) / settings.travel();
    }

    private double angle(int pulse) {
        return (pulse - (settings.shortest() + settings.longest()) / 2.0) * settings.travel()
                / (settings.longest() - settings.shortest());
    }

    @Override
    public RobotSpec spec() {
        return spec;
    }

    @Override
    public void connect() {
        close();
        line = new SerialLine(device, settings.baud());
        parser = new FirmataParser(this);
        greeted = false;
        described = false;
        complaint = "";
        Arrays.fill(readNanos, 0);
        Arrays.fill(previousNanos, 0);
        Arrays.fill(stopped, StopWay.TORQUE_OFF);
        try {
            greet();
            describe();
            sample();
        } catch (RobotException failure) {
            line.close();
            line = null;
            throw failure;
        }
    }

    private void greet() {
        long deadline = System.nanoTime() + BOOT_NANOS;
        while (!greeted) {
            if (System.nanoTime() - deadline > 0) {
                throw new RobotException(Kind.TIMEOUT, "nothing on " + device
                        + " speaks Firmata; is StandardFirmata on the board, and its baud " + settings.baud() + "?");
            }
            begin().put(Firmata.VERSION).flush();
            long asked = System.nanoTime();
            while (!greeted && System.nanoTime() - asked < ASK_NANOS) {
                listen(asked + ASK_NANOS);
            }
        }
    }

    private void describe() {
        begin().put(Firmata.START_SYSEX).put(Firmata.CAPABILITY_QUERY).put(Firmata.END_SYSEX).flush();
        long deadline = System.nanoTime() + 2_000_000_000L;
        while (!described) {
            if (System.nanoTime() - deadline > 0) {
                throw new RobotException(Kind.TIMEOUT,
                        "the board on " + device + " does not tell what its pins can do");
            }
            listen(deadline);
        }
        for (Wiring wiring : wirings) {
            if (wiring.actuated()
                    && (wiring.pin() >= capabilities.length() || capabilities.charAt(wiring.pin()) != 'S')) {
                throw new RobotException(Kind.REFUSED,
                        "joint '" + wiring.name() + "' is on pin " + wiring.pin() + " of " + device
                                + ", which cannot drive a servo");
            }
        }
    }

    private void sample() {
        int millis = Math.clamp((long) (spec.cycleSeconds() * 500), 1, 16383);
        begin().put(Firmata.START_SYSEX).put(Firmata.SAMPLING_INTERVAL).put14(millis).put(Firmata.END_SYSEX);
        for (Wiring wiring : wirings) {
            if (wiring.channel() >= 0) {
                put(Firmata.REPORT_ANALOG | wiring.channel()).put(1);
            }
        }
        flush();
        awaitReadings(System.nanoTime(), 1_000_000_000L);
    }

    private void awaitReadings(long since, long nanos) {
        long deadline = since + nanos;
        for (Wiring wiring : wirings) {
            while (wiring.channel() >= 0
                    && (readNanos[wiring.channel()] == 0 || readNanos[wiring.channel()] - since < 0)) {
                if (listen(deadline) == 0 && System.nanoTime() - deadline >= 0) {
                    throw new RobotException(Kind.TIMEOUT, "input A" + wiring.channel() + " of joint '" + wiring.name()
                            + "' was not reported within " + nanos / 1_000_000 + " ms" + because());
                }
            }
        }
    }

    private String because() {
        return complaint.isEmpty() ? "" : "; the board says: " + complaint;
    }

    private int listen(long deadline) {
        int count = line.read(in, deadline);
        parser.accept(in, count);
        return count;
    }

    @Override
    public void read(JointStates target) {
        requireConnected();
        long now = System.nanoTime();
        listen(now);
        awaitReadings(now, (long) (spec.cycleSeconds() * 1e9));
        long oldest = System.nanoTime();
        for (int i = 0; i < wirings.length; i++) {
            int channel = wirings[i].channel();
            double position = channel < 0 ? commanded[i] : measured(readings[channel]);
            long at = channel < 0 ? now : readNanos[channel];
            double seconds = (at - previousNanos[i]) / 1e9;
            target.velocities()[i] = previousNanos[i] == 0 || seconds <= 0 ? 0 : (position - previous[i]) / seconds;
            target.positions()[i] = position;
            target.efforts()[i] = Double.NaN;
            previous[i] = position;
            previousNanos[i] = at;
            oldest = at - oldest < 0 ? at : oldest;
        }
        target.nanoTime()[0] = oldest;
    }

    private double measured(int reading) {
        double part = (double) (reading - settings.feedbackLow()) / (settings.feedbackHigh() - settings.feedbackLow());
        return (part - 0.5) * settings.travel();
    }

    @Override
    public void readHealth(DriveHealth target) {
        requireConnected();
        Arrays.fill(target.temperatures(), Double.NaN);
        Arrays.fill(target.voltages(), Double.NaN);
        Arrays.fill(target.errors(), "");
    }

    @Override
    public void setWatchdog(double seconds) {
        requireConnected();
        if (seconds != 0) {
            throw new RobotException(Kind.REFUSED,
                    "StandardFirmata has no watchdog: its servos go on with the last command");
        }
    }

    @Override
    public void enable(CommandMode mode) {
        requireConnected();
        if (mode != CommandMode.POSITION) {
            throw new RobotException(Kind.REFUSED, "hobby servos on " + device + " take positions, not " + mode);
        }
        awaitReadings(System.nanoTime(), (long) (spec.cycleSeconds() * 1e9));
        begin();
        for (int i = 0; i < wirings.length; i++) {
            if (wirings[i].actuated()) {
                int channel = wirings[i].channel();
                double position = channel < 0 ? commanded[i] : measured(readings[channel]);
                int pulse = pulse(i, position);
                commanded[i] = angle(pulse);
                // The servo begins in its middle, so that where it stands must be the very next message.
                put(Firmata.START_SYSEX).put(Firmata.SERVO_CONFIG).put(wirings[i].pin()).put14(settings.shortest())
                        .put14(settings.longest()).put(Firmata.END_SYSEX);
                position(i, pulse);
                stopped[i] = StopWay.DAMP;
            }
        }
        flush();
        enabled = true;
    }

    /// The nearest pulse that is within the joint's range.
    private int pulse(int joint, double position) {
        double within = Math.clamp(position, wirings[joint].low(), wirings[joint].high());
        return Math.clamp(Math.round(pulse(within)), shortest[joint], longest[joint]);
    }

    private void position(int joint, int pulse) {
        put(Firmata.START_SYSEX).put(Firmata.EXTENDED_ANALOG).put(wirings[joint].pin()).put14(pulse)
                .put(Firmata.END_SYSEX);
    }

    @Override
    public void send(double[] wanted, double[] applied) {
        requireConnected();
        if (!enabled) {
            throw new RobotException(Kind.REFUSED, "the servos on " + device + " are not enabled");
        }
        for (int i = 0; i < wirings.length; i++) {
            if (wirings[i].actuated() && Double.isNaN(wanted[i])) {
                throw new RobotException(Kind.REFUSED,
                        "the command for joint '" + wirings[i].name() + "' is no number");
            }
        }
        begin();
        for (int i = 0; i < wirings.length; i++) {
            if (wirings[i].actuated()) {
                position(i, pulse(i, wanted[i]));
            }
        }
        flush();
        for (int i = 0; i < wirings.length; i++) {
            if (wirings[i].actuated()) {
                commanded[i] = angle(pulse(i, wanted[i]));
            }
            applied[i] = wirings[i].actuated() ? commanded[i] : Double.NaN;
        }
    }

    @Override
    public void stop(StopWay[] ways) {
        requireConnected();
        begin();
        for (int i = 0; i < wirings.length; i++) {
            if (wirings[i].actuated() && ways[i] == StopWay.TORQUE_OFF) {
                release(i);
                stopped[i] = StopWay.TORQUE_OFF;
            } else if (stopped[i] != StopWay.TORQUE_OFF) {
                stopped[i] = ways[i];
            }
        }
        flush();
        enabled = false;
    }

    private void release(int joint) {
        put(Firmata.PIN_MODE).put(wirings[joint].pin()).put(Firmata.MODE_OUTPUT);
    }

    @Override
    public void close() {
        enabled = false;
        if (line == null) {
            return;
        }
        try {
            begin();
            for (int i = 0; i < wirings.length; i++) {
                if (wirings[i].actuated() && stopped[i] != StopWay.HOLD) {
                    release(i);
                }
                if (wirings[i].channel() >= 0) {
                    put(Firmata.REPORT_ANALOG | wirings[i].channel()).put(0);
                }
            }
            flush();
            // Closing may throw away what is still on its way.
            LockSupport.parkNanos(outCount * 10_000_000_000L / settings.baud() + SETTLE_NANOS);
        } catch (RobotException gone) {
            // Nothing more can be said to it.
        }
        line.close();
        line = null;
    }

    private void requireConnected() {
        if (line == null) {
            throw new RobotException(Kind.DISCONNECTED, "the board on " + device + " is not connected");
        }
    }

    @Override
    public void version(int major, int minor) {
        greeted = true;
    }

    @Override
    public void analog(int channel, int value) {
        readings[channel] = value;
        readNanos[channel] = System.nanoTime();
    }

    @Override
    public void sysex(int command, byte[] data, int offset, int length) {
        if (command == Firmata.CAPABILITIES) {
            capabilities = capabilities(data, offset, length);
            described = true;
        } else if (command == Firmata.STRING) {
            var text = new StringBuilder();
            for (int i = offset; i + 1 < offset + length; i += 2) {
                char letter = (char) (data[i] | data[i + 1] << 7);
                text.append(Character.isISOControl(letter) ? ' ' : letter);
            }
            complaint = text.toString();
        }
    }

    /// A letter for each pin: S where it can drive a servo.
    private static String capabilities(byte[] data, int offset, int length) {
        var pins = new StringBuilder();
        boolean servo = false;
        for (int i = offset; i < offset + length; i++) {
            if (data[i] == Firmata.END_OF_PIN) {
                pins.append(servo ? 'S' : '-');
                servo = false;
            } else {
                servo |= data[i] == Firmata.MODE_SERVO;
                i++; // the mode's resolution
            }
        }
        return pins.toString();
    }

    private FirmataRobot begin() {
        outCount = 0;
        return this;
    }

    private FirmataRobot put(int value) {
        out[outCount++] = (byte) value;
        return this;
    }

    private FirmataRobot put14(int value) {
        return put(value & 0x7F).put(value >> 7 & 0x7F);
    }

    private void flush() {
        line.write(out, outCount);
    }
}
