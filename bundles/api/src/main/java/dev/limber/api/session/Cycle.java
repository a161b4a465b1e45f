package dev.limber.api.session;

import dev.limber.api.robot.JointStates;

/// What happened in one cycle of a session. The arrays are written in place: read them during the call, or copy.
///
/// @param joints how many
/// @param number of the cycle since the session was connected, and the phase's ordinal, and 1 where its deadline was missed [3]
/// @param times when the cycle was due, when it began, when it was measured and when the command was handed over, of [System#nanoTime]; 0 where it was not [4] [ns]
/// @param measured what was measured
/// @param wanted what the controller wanted [joints]; NaN where nothing was wanted
/// @param limited what the limiter made of it [joints]
/// @param sent what the robot says was really sent [joints]; NaN where nothing was sent
public record Cycle(int joints, long[] number, long[] times, JointStates measured, double[] wanted, double[] limited,
        double[] sent) {

    /// Room for a number of joints.
    public static Cycle ofJoints(int joints) {
        return new Cycle(joints, new long[3], new long[4], JointStates.ofJoints(joints), new double[joints],
                new double[joints], new double[joints]);
    }

    /// Copies all of another cycle of equally many joints.
    public void set(Cycle other) {
        copy(other.number, number);
        copy(other.times, times);
        copy(other.measured.nanoTime(), measured.nanoTime());
        System.arraycopy(other.measured.positions(), 0, measured.positions(), 0, joints);
        System.arraycopy(other.measured.velocities(), 0, measured.velocities(), 0, joints);
        System.arraycopy(other.measured.efforts(), 0, measured.efforts(), 0, joints);
        System.arraycopy(other.wanted, 0, wanted, 0, joints);
        System.arraycopy(other.limited, 0, limited, 0, joints);
        System.arraycopy(other.sent, 0, sent, 0, joints);
    }

    private static void copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
