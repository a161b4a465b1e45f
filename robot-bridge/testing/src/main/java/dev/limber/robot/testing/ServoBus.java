package dev.limber.robot.testing;

/// Servos of one make on one line: what they receive, what they answer and how they pull. Belongs to the emulator's thread.
interface ServoBus {

    /// Takes what has come over the line.
    ///
    /// @param now of [System#nanoTime] [ns]
    /// @param answers receives what the servos answer
    void receive(byte[] bytes, int count, long now, Answers answers);

    /// Works out what the servos do for one step of the mechanism.
    ///
    /// @param now of [System#nanoTime] [ns]
    /// @param positions of the joints [rad or m]
    /// @param velocities of the joints [rad/s or m/s]
    /// @param efforts receives what they pull with [N m or N]
    void step(long now, double seconds, double[] positions, double[] velocities, double[] efforts);

    /// Whether any servo has torque.
    boolean energised();

    /// Whether any servo has been told to move since it got torque.
    boolean commanded();

    /// Makes a servo report an overload, as if it had been blocked.
    ///
    /// @param id of the servo
    void overload(int id);

    /// Takes a servo's power away for a moment: it begins anew, without torque.
    ///
    /// @param id of the servo
    void restart(int id);

    /// Where answers go.
    interface Answers {

        /// An answer.
        ///
        /// @param delayNanos how long the servo waits before it [ns]
        void answer(byte[] bytes, int count, long delayNanos);
    }
}
