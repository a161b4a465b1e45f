/// What learns: algorithms, and what the runner gives them to learn with.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.algorithm;
