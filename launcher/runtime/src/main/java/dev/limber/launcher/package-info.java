/// The executable: starts an OSGi framework, hands it the bundles, and calls the command line that one of them provides.
package dev.limber.launcher;
