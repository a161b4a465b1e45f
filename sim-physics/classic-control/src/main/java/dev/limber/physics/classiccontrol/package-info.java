/// Gymnasium's classic control environments, batched: one environment class that all five share, and for each a factory
/// and a kernel with its equations.
package dev.limber.physics.classiccontrol;
