/// DJL's side of learning: tensors over flat parameters, networks and distributions that can be differentiated.
///
/// Everything made within an update belongs to an `NDScope` around it, so that native memory stays flat.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.learning.tensor;
