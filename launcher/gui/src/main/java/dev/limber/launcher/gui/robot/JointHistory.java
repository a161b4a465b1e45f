package dev.limber.launcher.gui.robot;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Cycle;
import dev.limber.launcher.gui.plot.LivePlot.Line;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/// The last seconds of all joints, as often as the panel looks.
final class JointHistory {

    private static final double SECONDS = 12;
    private static final int ROOM = 400;
    private static final int KINDS = 5;

    private int joints;
    private int count;
    private int next;
    private long start;
    private long last;
    private double[] times = new double[ROOM];
    /// Positions, velocities, efforts, wanted and sent of each joint [kinds, joints, ROOM].
    private double[][][] values = new double[KINDS][0][];

    /// Begins anew.
    void clear() {
        count = 0;
        next = 0;
        joints = 0;
        last = 0;
    }

    /// Remembers a cycle, where it is another than the last.
    void add(Cycle cycle) {
        long time = cycle.times()[1];
        if (time == last || time == 0) {
            return;
        }
        if (cycle.joints() != joints) {
            clear();
            joints = cycle.joints();
            start = time;
            values = new double[KINDS][joints][ROOM];
        }
        last = time;
        times[next] = (time - start) / 1e9;
        for (int j = 0; j < joints; j++) {
            values[0][j][next] = cycle.measured().positions()[j];
            values[1][j][next] = cycle.measured().velocities()[j];
            values[2][j][next] = cycle.measured().efforts()[j];
            values[3][j][next] = cycle.wanted()[j];
            values[4][j][next] = cycle.sent()[j];
        }
        next = (next + 1) % ROOM;
        count = Math.min(count + 1, ROOM);
    }

    /// Position over time, with what was wanted and sent where commands are positions.
    List<Line> positions(int joint, CommandMode mode) {
        return mode == CommandMode.POSITION ? commands(0, joint) : List.of(measured(0, joint));
    }

    /// What commands are about, over time: efforts or velocities, with what was wanted and sent; velocities alone where commands are positions.
    List<Line> commands(int joint, CommandMode mode) {
        return switch (mode) {
            case POSITION -> List.of(measured(1, joint));
            case VELOCITY -> commands(1, joint);
            case EFFORT -> commands(2, joint);
        };
    }

    private List<Line> commands(int kind, int joint) {
        return List.of(measured(kind, joint), line("wanted", 3, joint, JointBars.WANTED),
                line("sent", 4, joint, JointBars.SENT));
    }

    private Line measured(int kind, int joint) {
        return line("measured", kind, joint, JointBars.MEASURED);
    }

    private Line line(String label, int kind, int joint, Color color) {
        if (joint >= joints) {
            return new Line(label, color, new double[0], new double[0]);
        }
        double[] x = new double[count];
        double[] y = new double[count];
        int from = 0;
        double newest = count == 0 ? 0 : times[Math.floorMod(next - 1, ROOM)];
        for (int i = 0; i < count; i++) {
            int at = Math.floorMod(next - count + i, ROOM);
            x[i] = times[at];
            y[i] = values[kind][joint][at];
            from = x[i] < newest - SECONDS ? i + 1 : from;
        }
        return new Line(label, color, Arrays.copyOfRange(x, from, count), Arrays.copyOfRange(y, from, count));
    }
}
