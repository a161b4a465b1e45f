/// The cart-pole as two rigid bodies on a physics engine, with the spaces, limits and rewards of Gymnasium's
/// CartPole-v1.
package dev.limber.physics.cartpole;
