package dev.limber.robot.can;

import dev.limber.api.plugin.UsageException;
import java.util.ArrayList;
import java.util.List;

/// A joint, the controller that drives it, and what that said last.
final class Axis {

    private static final double TURN = 2 * Math.PI;

    final String name;
    final int node;
    final double low;
    final double high;
    final double gear;

    /// When it answered a question for position and velocity last, of [System#nanoTime]; as the three after it.
    long heardNanos;
    double position;
    double velocity;
    double effort = Double.NaN;
    /// When it told its health last.
    long healthNanos;
    double temperature = Double.NaN;
    double voltage = Double.NaN;
    /// The drive's own state, and what it complains of; 0 for nothing.
    int state;
    int errors;
    /// The number that was asked for last, in the drive's unit.
    float answer = Float.NaN;
    boolean energised;
    boolean holding;

    private Axis(String name, int node, double low, double high, double gear) {
        this.name = name;
        this.node = node;
        this.low = low;
        this.high = high;
        this.gear = gear;
    }

    /// Reads `hip:1:-1.5:1.5:9,knee:2`.
    ///
    /// @param lastNode highest number of a controller
    /// @throws UsageException where the text cannot be
    static List<Axis> parse(String text, int lastNode) {
        if (text.isBlank()) {
            throw new UsageException("which joints are on the bus? set joints=NAME:NODE:LOW:HIGH[:GEAR],...");
        }
        var axes = new ArrayList<Axis>();
        for (String entry : text.split(",")) {
            String[] parts = entry.strip().split(":");
            try {
                if (parts.length != 2 && parts.length != 4 && parts.length != 5) {
                    throw new NumberFormatException();
                }
                int node = Integer.parseInt(parts[1]);
                double low = parts.length == 2 ? Double.NEGATIVE_INFINITY : Double.parseDouble(parts[2]);
                double high = parts.length == 2 ? Double.POSITIVE_INFINITY : Double.parseDouble(parts[3]);
                double gear = parts.length == 5 ? Double.parseDouble(parts[4]) : 1;
                if (node < 0 || node > lastNode || !(low < high) || !(Math.abs(gear) > 0 && Double.isFinite(gear))) {
                    throw new NumberFormatException();
                }
                axes.add(new Axis(parts[0], node, low, high, gear));
            } catch (NumberFormatException wrong) {
                throw new UsageException("joint '" + entry.strip() + "' must be NAME:NODE, NAME:NODE:LOW:HIGH or "
                        + "NAME:NODE:LOW:HIGH:GEAR, with nodes from 0 to " + lastNode
                        + ", angles in rad and motor turns per turn of the joint");
            }
        }
        if (axes.stream().map(axis -> axis.node).distinct().count() < axes.size()) {
            throw new UsageException("two joints have the same node");
        }
        return axes;
    }

    /// Turns of the motor in radians of the joint.
    double radians(double turns) {
        return turns * TURN / gear;
    }

    /// Radians of the joint in turns of the motor, as the number nearest to it that is not beyond a limit.
    float turns(double radians, double lowest, double highest) {
        float turns = (float) (radians * gear / TURN);
        if (radians(turns) > highest) {
            turns = gear > 0 ? Math.nextDown(turns) : Math.nextUp(turns);
        }
        if (radians(turns) < lowest) {
            turns = gear > 0 ? Math.nextUp(turns) : Math.nextDown(turns);
        }
        return turns;
    }

    /// Torque of the joint as that of the motor, not beyond a limit.
    float motorTorque(double torque, double most) {
        float motor = (float) (torque / gear);
        return Math.abs(motor * gear) > most ? Math.nextAfter(motor, 0) : motor;
    }

    void forget() {
        heardNanos = 0;
        healthNanos = 0;
        effort = Double.NaN;
        temperature = Double.NaN;
        voltage = Double.NaN;
        state = 0;
        errors = 0;
        answer = Float.NaN;
        energised = false;
        holding = false;
    }
}
