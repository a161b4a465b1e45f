/// Pictures of learning curves.
package dev.limber.study.plot;
