/// What observations and actions look like: how many numbers, in which range, what they are called.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.space;
