/// What a network is, apart from any library: its layers, its flat parameters and how they begin. Loads without DJL.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.network;
