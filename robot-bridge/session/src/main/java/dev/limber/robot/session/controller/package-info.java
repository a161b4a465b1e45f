/// Controllers, which are not trusted, on threads of their own.
package dev.limber.robot.session.controller;
