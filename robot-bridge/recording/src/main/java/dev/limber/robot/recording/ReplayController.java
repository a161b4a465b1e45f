package dev.limber.robot.recording;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Controller;
import java.util.List;

/// Sends a recorded track again. Positions begin where the robot stands: it goes smoothly to where the track began, and
/// then along it, by the time of the measurements and between the recorded moments in a straight line. At the end it
/// stays at the last position, or at velocity or effort 0.
final class ReplayController implements Controller {

    /// Part of a joint's greatest velocity with which it goes to the beginning.
    private static final double APPROACH = 0.25;
    /// The peak velocity of a minimum-jerk path over its mean (Flash and Hogan, 1985).
    private static final double PEAK_OVER_MEAN = 1.875;
    private static final double MIN_APPROACH_SECONDS = 0.5;

    private final Track track;
    private final boolean positions;
    private final int[] columns;
    private final double[] slowest;
    private final double[] start;
    private long startNanos;
    private double approachSeconds;
    private int row;

    ReplayController(Track track, RobotSpec robot, CommandMode mode) {
        this.track = track;
        positions = mode == CommandMode.POSITION;
        if (track.header().mode() != mode) {
            throw new UsageException(
                    "the recording has commands of " + track.header().mode() + ", the session of " + mode);
        }
        List<String> recorded = track.header().robot().joints().stream().map(Joint::name).toList();
        List<String> wanted = robot.joints().stream().map(Joint::name).toList();
        columns = new int[wanted.size()];
        slowest = new double[wanted.size()];
        start = new double[wanted.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = recorded.indexOf(wanted.get(i));
            slowest[i] = robot.joints().get(i).maxVelocity();
            if (columns[i] < 0 && robot.joints().get(i).actuated()) {
                throw new UsageException("the recording has no joint '" + wanted.get(i) + "', only "
                        + String.join(", ", recorded));
            }
        }
    }

    @Override
    public void reset(JointStates measured) {
        System.arraycopy(measured.positions(), 0, start, 0, start.length);
        startNanos = measured.nanoTime()[0];
        row = 0;
        approachSeconds = 0;
        if (positions) {
            approachSeconds = MIN_APPROACH_SECONDS;
            for (int i = 0; i < columns.length; i++) {
                double way = Math.abs(command(0, i) - start[i]);
                if (way > 0) {
                    approachSeconds = Math.max(approachSeconds, way * PEAK_OVER_MEAN / (APPROACH * slowest[i]));
                }
            }
        }
    }

    @Override
    public void control(JointStates measured, double[] wanted) {
        double seconds = (measured.nanoTime()[0] - startNanos) / 1e9;
        if (seconds < approachSeconds) {
            approach(Math.max(0, seconds / approachSeconds), wanted);
        } else {
            follow(seconds - approachSeconds, wanted);
        }
    }

    private void approach(double part, double[] wanted) {
        double done = part * part * part * (10 + part * (-15 + part * 6));
        for (int i = 0; i < wanted.length; i++) {
            double goal = command(0, i);
            if (!Double.isNaN(goal)) {
                wanted[i] = start[i] + done * (goal - start[i]);
            }
        }
    }

    private void follow(double seconds, double[] wanted) {
        double[] times = track.times();
        while (row < times.length - 1 && times[row + 1] <= seconds) {
            row++;
        }
        boolean over = row == times.length - 1;
        double part = over ? 0 : (seconds - times[row]) / (times[row + 1] - times[row]);
        for (int i = 0; i < wanted.length; i++) {
            double value = command(row, i);
            if (Double.isNaN(value)) {
                continue;
            }
            if (over) {
                wanted[i] = positions ? value : 0;
            } else {
                double next = command(row + 1, i);
                wanted[i] = Double.isNaN(next) ? value : value + part * (next - value);
            }
        }
    }

    /// NaN where nothing was sent.
    private double command(int at, int joint) {
        return columns[joint] < 0 ? Double.NaN : track.sent()[at * track.joints() + columns[joint]];
    }
}
