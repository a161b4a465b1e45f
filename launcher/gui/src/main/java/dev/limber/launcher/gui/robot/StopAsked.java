package dev.limber.launcher.gui.robot;

/// Event: the user wants the robot to stop at once.
///
/// @param trigger by what
public record StopAsked(String trigger) {}
