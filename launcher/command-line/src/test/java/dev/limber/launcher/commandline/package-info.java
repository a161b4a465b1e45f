/// Tests of the command line without a framework around it.
package dev.limber.launcher.commandline;
