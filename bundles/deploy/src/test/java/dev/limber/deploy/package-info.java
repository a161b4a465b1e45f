/// Tests on a real framework, with the runner in it and plug-ins that are compiled while they run.
package dev.limber.deploy;
