package dev.limber.api.watch;

import dev.limber.api.physics.Vector3;

/// A damped spring between a point of a body and a point of the world, with the force k (target - grip) - d v.
///
/// @param copy number of the copy
/// @param body index of the body in the scene
/// @param grip where it is held, in the body's frame [m]
/// @param target where it is pulled to, in the world [m]
/// @param stiffness k [N/m]
/// @param damping d, of the grip's velocity v [N s/m]
public record Pull(int copy, int body, Vector3 grip, Vector3 target, double stiffness, double damping) {}
