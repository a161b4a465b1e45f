/// Batches cut into shards, each on a thread of its own.
package dev.limber.experiment.shard;
