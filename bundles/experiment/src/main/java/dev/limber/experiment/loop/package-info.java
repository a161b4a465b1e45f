/// The training loop and what it stands on: sharded environments, episode counts, metrics, requests.
package dev.limber.experiment.loop;
