/// Sessions with the driver of real servos on a pseudo-terminal, and what their byte logs show.
package dev.limber.robot.session.wire;
