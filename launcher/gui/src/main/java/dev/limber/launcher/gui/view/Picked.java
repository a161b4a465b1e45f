package dev.limber.launcher.gui.view;

import dev.limber.api.physics.Vector3;

/// A body that the user has picked.
///
/// @param tile place of its copy among the watched ones
/// @param body index in the scene
/// @param part name of the part that was hit
/// @param grip where it was hit, in the body's frame [m]
/// @param depth of that point along the line of sight [m]
record Picked(int tile, int body, String part, Vector3 grip, double depth) {}
