/// Checkpoints on disk: one zip of JSON and safetensors each, whole or not there.
package dev.limber.experiment.checkpoint;
