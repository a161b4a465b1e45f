/// Advantage actor-critic, synchronous (A2C), for discrete and continuous actions.
package dev.limber.algorithms.a2c;
