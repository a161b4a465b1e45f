/// Hot deployment: watches a folder, examines the jars in it, installs them beside what runs, asks those that use
/// plug-ins for their verdict, and retires what was replaced or quarantines what was refused.
package dev.limber.deploy;
