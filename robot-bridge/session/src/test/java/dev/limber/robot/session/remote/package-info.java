/// Tests of stopping from another terminal.
package dev.limber.robot.session.remote;
