/// Gymnasium's classic control environments, batched: for each a factory and a kernel with its equations.
package dev.limber.physics.classiccontrol;
