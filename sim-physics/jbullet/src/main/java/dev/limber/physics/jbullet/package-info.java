/// The physics engine on jBullet: worlds, joints and shapes. The joints are our own constraints, because jBullet's hinge
/// limits and angles are off and its constraints allocate.
package dev.limber.physics.jbullet;
