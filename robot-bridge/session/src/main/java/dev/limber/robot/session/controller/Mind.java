package dev.limber.robot.session.controller;

import dev.limber.api.robot.JointStates;

/// A controller at work, as the loop sees it: it is asked, and it may have an answer in time. No method throws or blocks, and none but [#close]
/// allocates.
public interface Mind extends AutoCloseable {

    /// What users call the controller.
    String name();

    /// True while a question is not answered.
    boolean thinking();

    /// Asks for the next command. Not while it is [#thinking].
    ///
    /// @param sent the command that was sent last
    void ask(JointStates measured, double[] sent);

    /// True once the first question has been answered.
    boolean answeredOnce();

    /// What it answered last, whatever that is.
    ///
    /// @param wanted receives one number per joint
    void answer(double[] wanted);

    /// Why it will not answer any more, one line; empty while it may.
    String failure();

    /// Closes the controller, without waiting for it.
    @Override
    void close();
}
