/// Running statistics of observations and returns, and the normalisers built on them.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.normalization;
