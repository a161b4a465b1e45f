/// Multilayer perceptrons on DJL whose parameters lie in one flat buffer that plain Java reads as well.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.network;
