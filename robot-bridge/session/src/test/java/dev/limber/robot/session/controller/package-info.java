/// Tests of controllers.
package dev.limber.robot.session.controller;
