package dev.limber.api.gui;

/// Event: a view tells the status bar how fast it draws, about once a second; 0 when it stops.
///
/// @param framesPerSecond pictures shown per second
/// @param device one line about what draws them: "OpenGL 4.5 on llvmpipe"
public record FramesDrawn(double framesPerSecond, String device) {}
